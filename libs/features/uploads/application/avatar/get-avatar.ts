import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Storage } from '#platform/kernel/storage.js';
import { AvatarNotFound } from '../../domain/upload.errors.js';
import { variantKey } from '../../domain/upload.js';
import { VARIANT_TYPE } from '../processing/images.js';
import { AvatarsRepository } from './avatars.repository.js';

const LINK_SECONDS = 300;

export type AvatarView = Readonly<{ uploadId: string; url: string }>;

@Injectable()
export class GetAvatar {
  constructor(
    private readonly avatars: AvatarsRepository,
    private readonly storage: Storage,
  ) {}

  /** With a new link to the small one of its images. */
  async execute(principal: Principal): Promise<AvatarView> {
    const uploadId = await this.avatars.find(principal.id);
    if (uploadId === null) throw new AvatarNotFound();

    const key = variantKey(uploadId, 'small');
    const size = await this.storage.sizeOf(key);
    if (size === null) throw new AvatarNotFound();
    const file = { key, name: 'avatar.webp', contentType: VARIANT_TYPE, size };
    return { uploadId, url: (await this.storage.linkTo(file, LINK_SECONDS)).url };
  }
}
