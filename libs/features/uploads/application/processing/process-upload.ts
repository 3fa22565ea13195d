import { Injectable } from '@nestjs/common';
import { FileNotFound, Storage } from '#platform/kernel/storage.js';
import {
  incomingKey,
  keptFolder,
  keptKey,
  type RejectionReason,
  type Upload,
  variantKey,
} from '../../domain/upload.js';
import { type Ending, UploadsRepository } from '../uploads.repository.js';
import { Images, VARIANT_TYPE } from './images.js';
import { LookAtFile } from './look-at-file.js';

/** Done again it comes to the same end: the owner of a form may have sent another file meanwhile, and that one is looked at then. */
@Injectable()
export class ProcessUpload {
  constructor(
    private readonly uploads: UploadsRepository,
    private readonly storage: Storage,
    private readonly look: LookAtFile,
    private readonly images: Images,
  ) {}

  /** Null when it is gone. */
  async execute(id: string): Promise<Ending | null> {
    const upload = await this.uploads.find(id);
    if (upload?.status !== 'processing') return null;

    // Where its owner cannot replace it any more: what is looked at is what is kept.
    if (!(await this.takeOver(id))) return rejected(upload, 'FILE_LOST');
    const found = await this.look.at(keptKey(id), upload);
    const ending = typeof found === 'string' ? rejected(upload, found) : await this.keep(upload, found.sha256);
    if (ending.status === 'rejected') await this.storage.deleteFolder(keptFolder(id));
    return ending;
  }

  private async takeOver(id: string): Promise<boolean> {
    try {
      await this.storage.copy(incomingKey(id), keptKey(id));
      return true;
    } catch (error) {
      if (error instanceof FileNotFound) return false;
      throw error;
    }
  }

  private async keep(upload: Upload, sha256: string): Promise<Ending> {
    const { id, contentType, size } = upload;
    if (upload.kind !== 'image') return { status: 'ready', reason: null, contentType, size, sha256 };

    const renewed = await this.images.renew(await this.storage.read(keptKey(id)));
    if (typeof renewed === 'string') return rejected(upload, renewed);
    await this.storage.write(keptKey(id), renewed.content, contentType);
    for (const [name, content] of Object.entries(renewed.variants))
      await this.storage.write(variantKey(id, name), content, VARIANT_TYPE);
    return { status: 'ready', reason: null, contentType, size: renewed.content.length, sha256 };
  }
}

const rejected = ({ contentType, size, sha256 }: Upload, reason: RejectionReason): Ending => ({
  status: 'rejected',
  reason,
  contentType,
  size,
  sha256,
});
