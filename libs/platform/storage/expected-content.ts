import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { defineError } from '../kernel/errors/app-error.js';
import type { ExpectedFile } from '../kernel/storage.js';

export const FileSizeMismatch = defineError({
  kind: 'invalid',
  code: 'FILE_SIZE_MISMATCH',
  title: 'The file is not as large as it was said to be',
  help: 'Ask for a form for the size that the file has.',
});

export const FileChecksumMismatch = defineError({
  kind: 'invalid',
  code: 'FILE_CHECKSUM_MISMATCH',
  title: 'The file has another SHA-256 than it was said to have',
  help: 'It was changed on its way, or is another file: send it again.',
});

/** Lets a file through, and ends with an error where it is larger, smaller or another than expected: at the first byte too many. */
export function expectedContent({ size, sha256 }: Pick<ExpectedFile, 'size' | 'sha256'>): Transform {
  const hash = sha256 === null ? null : createHash('sha256');
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      hash?.update(chunk);
      if (length > size) done(new FileSizeMismatch());
      else done(null, chunk);
    },
    flush(done) {
      if (length < size) done(new FileSizeMismatch());
      else if (hash && hash.digest('hex') !== sha256) done(new FileChecksumMismatch());
      else done();
    },
  });
}
