import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { Storage, type UploadForm } from '#platform/kernel/storage.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type Declaration, declare, FORM_SECONDS, incomingKey, QUOTA_BYTES } from '../domain/upload.js';
import { UploadsRepository } from './uploads.repository.js';

export type PresignedUpload = UploadForm & Readonly<{ id: string }>;

@Injectable()
export class PresignUpload {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  /** A form for this one file. Nothing of what the caller says about it is in its key. */
  async execute(principal: Principal, declaration: Declaration): Promise<PresignedUpload> {
    const upload = declare(declaration, { id: newId(), userId: principal.id, now: this.clock.now() });
    await this.uploads.add(upload, QUOTA_BYTES);
    const form = await this.storage.formFor({ ...declaration, key: incomingKey(upload.id) }, FORM_SECONDS);
    return { id: upload.id, ...form };
  }
}
