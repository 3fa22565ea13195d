import { Injectable } from '@nestjs/common';
import { Storage } from '#platform/kernel/storage.js';
import { keptKey, type Upload } from '../domain/upload.js';

const LINK_SECONDS = 300;

export type UploadView = Upload & Readonly<{ url: string | null }>;

/** What its owner sees of an upload. */
@Injectable()
export class UploadViews {
  constructor(private readonly storage: Storage) {}

  /** With a new link to the file, once it has been looked at and is what it should be. */
  async of(upload: Upload): Promise<UploadView> {
    if (upload.status !== 'ready') return { ...upload, url: null };
    const { id, fileName: name, contentType, size } = upload;
    const { url } = await this.storage.linkTo({ key: keptKey(id), name, contentType, size }, LINK_SECONDS);
    return { ...upload, url };
  }
}
