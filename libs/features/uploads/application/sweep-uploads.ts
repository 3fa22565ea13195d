import { Injectable } from '@nestjs/common';
import { Storage } from '#platform/kernel/storage.js';
import { incomingFolder, keptFolder } from '../domain/upload.js';
import { AbandonedUploads } from './abandoned-uploads.js';

/** In a transaction: where the storage is away, the rows stay and the next sweep finds them again. */
@Injectable()
export class SweepUploads {
  constructor(
    private readonly abandoned: AbandonedUploads,
    private readonly storage: Storage,
  ) {}

  /** @returns whether there may be more */
  async execute(): Promise<boolean> {
    await this.abandoned.giveUp();
    const removed = await this.abandoned.remove();
    const closed = await this.abandoned.closeForms();
    for (const id of removed) await this.storage.deleteFolder(keptFolder(id));
    for (const id of [...removed, ...closed]) await this.storage.deleteFolder(incomingFolder(id));
    return Math.max(removed.length, closed.length) === AbandonedUploads.BATCH;
  }
}
