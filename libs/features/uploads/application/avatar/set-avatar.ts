import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { AvatarNotUsable } from '../../domain/upload.errors.js';
import { FindUpload } from '../find-upload.js';
import { AvatarsRepository } from './avatars.repository.js';

@Injectable()
export class SetAvatar {
  constructor(
    private readonly findUpload: FindUpload,
    private readonly avatars: AvatarsRepository,
  ) {}

  async execute(principal: Principal, uploadId: string): Promise<void> {
    const { kind, status } = await this.findUpload.execute(principal, uploadId);
    if (kind !== 'image' || status !== 'ready') throw new AvatarNotUsable();
    await this.avatars.put(principal.id, uploadId);
  }
}
