import { Injectable } from '@nestjs/common';
import { Storage } from '#platform/kernel/storage.js';
import type { RejectionReason, Upload } from '../../domain/upload.js';
import { endsAsPdf } from './document-check.js';
import { FileInspector, type Inspected } from './file-inspector.js';
import { Scanner } from './scanner.js';

/** Holds a file against what was said about it. */
@Injectable()
export class LookAtFile {
  constructor(
    private readonly storage: Storage,
    private readonly inspector: FileInspector,
    private readonly scanner: Scanner,
  ) {}

  /** What it is, or why it is not what it should be. @throws FileNotFound */
  async at(key: string, upload: Upload): Promise<Inspected | RejectionReason> {
    const found = await this.inspector.inspect(await this.storage.read(key));
    const isOther = upload.sha256 !== null && found.sha256 !== upload.sha256;
    if (found.size !== upload.size) return 'SIZE_MISMATCH';
    if (isOther) return 'CHECKSUM_MISMATCH';
    if (found.contentType !== upload.contentType) return 'TYPE_MISMATCH';
    if (upload.kind === 'document' && !endsAsPdf(found.tail)) return 'DOCUMENT_SUSPICIOUS';
    const isClean = await this.scanner.isClean(() => this.storage.read(key));
    return isClean ? found : 'MALWARE_FOUND';
  }
}
