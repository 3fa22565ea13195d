import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import type { ContentTypes } from '../application/content-types.js';

/** What browsers and people say for what file-type calls otherwise. */
const SAME: Readonly<Record<string, string>> = { 'video/x-m4v': 'video/mp4', 'video/matroska': 'video/x-matroska' };

@Injectable()
export class FileTypeContentTypes implements ContentTypes {
  async of(start: Uint8Array): Promise<string | null> {
    const found = await fileTypeFromBuffer(start);
    return found ? (SAME[found.mime] ?? found.mime) : null;
  }
}
