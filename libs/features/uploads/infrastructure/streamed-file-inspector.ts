import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ContentTypes, START_BYTES } from '../application/content-types.js';
import { type FileInspector, type Inspected, TAIL_BYTES } from '../application/processing/file-inspector.js';

@Injectable()
export class StreamedFileInspector implements FileInspector {
  constructor(private readonly contentTypes: ContentTypes) {}

  async inspect(content: AsyncIterable<Uint8Array>): Promise<Inspected> {
    const hash = createHash('sha256');
    let size = 0;
    let start = Buffer.alloc(0);
    let tail = Buffer.alloc(0);
    for await (const chunk of content) {
      size += chunk.length;
      hash.update(chunk);
      if (start.length < START_BYTES) start = Buffer.concat([start, chunk]).subarray(0, START_BYTES);
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
    }
    return { size, sha256: hash.digest('hex'), contentType: await this.contentTypes.of(start), tail };
  }
}
