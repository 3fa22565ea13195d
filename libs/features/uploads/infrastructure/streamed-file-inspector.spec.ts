import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { TAIL_BYTES } from '../application/processing/file-inspector.js';
import { aVideo } from '../testing/example-files.js';
import { FileTypeContentTypes } from './file-type-content-types.js';
import { StreamedFileInspector } from './streamed-file-inspector.js';

it('knows a file by its type, its end, its length and its SHA-256, in whatever pieces it comes', async () => {
  const content = aVideo(200_000);
  async function* pieces() {
    for (let at = 0; at < content.length; at += 997) yield content.subarray(at, at + 997);
  }

  expect(await new StreamedFileInspector(new FileTypeContentTypes()).inspect(pieces())).toEqual({
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    contentType: 'video/mp4',
    tail: Buffer.from(content.subarray(-TAIL_BYTES)),
  });
});
