import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Operations } from '#platform/kernel/operations/operations.js';
import { FileNotFound, Storage } from '#platform/kernel/storage.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { UploadNotReceived, UploadSizeMismatch, UploadTypeMismatch } from '../domain/upload.errors.js';
import { incomingKey, type Upload } from '../domain/upload.js';
import { ContentTypes, START_BYTES } from './content-types.js';
import { FindUpload } from './find-upload.js';
import { uploadProcessing } from './processing/upload-processing.js';
import { UploadsRepository } from './uploads.repository.js';

@Injectable()
export class ConfirmUpload {
  constructor(
    private readonly findUpload: FindUpload,
    private readonly uploads: UploadsRepository,
    private readonly storage: Storage,
    private readonly contentTypes: ContentTypes,
    private readonly operations: Operations,
    private readonly transaction: Transaction,
  ) {}

  /** The file is there: what can be seen of it at once is held against what was said, and the worker does the rest. */
  async execute(principal: Principal, id: string): Promise<Upload> {
    const upload = await this.findUpload.execute(principal, id);
    if (upload.status !== 'pending') return upload;

    await this.requireContent(upload);
    const isOurs = await this.transaction.run(async () => {
      // Of two that confirm at once, one starts the work.
      const begins = await this.uploads.beginProcessing(id);
      if (begins) await this.operations.start(uploadProcessing, principal, { uploadId: id });
      return begins;
    });
    return isOurs ? { ...upload, status: 'processing' } : this.findUpload.execute(principal, id);
  }

  private async requireContent({ id, size, contentType }: Upload): Promise<void> {
    const key = incomingKey(id);
    const [actualSize, start] = await Promise.all([this.storage.sizeOf(key), this.startOf(key)]);
    if (actualSize === null || start === null) throw new UploadNotReceived();
    if (actualSize !== size) throw new UploadSizeMismatch();
    if ((await this.contentTypes.of(start)) !== contentType) throw new UploadTypeMismatch();
  }

  private async startOf(key: string): Promise<Uint8Array | null> {
    try {
      return await this.storage.readStart(key, START_BYTES);
    } catch (error) {
      if (error instanceof FileNotFound) return null;
      throw error;
    }
  }
}
