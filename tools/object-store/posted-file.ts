import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { PolicyBroken, sizesAllowed } from './post-policy.ts';
import type { ObjectStoreSettings } from './settings.ts';

export type PostedFile = Readonly<{ key: string; contentType: string; path: string }>;

/** The file of a form, kept beside the bucket until it is known to be as its policy says. @throws PolicyBroken */
export async function postedFile(request: IncomingMessage, settings: ObjectStoreSettings): Promise<PostedFile> {
  const { fields, file } = await readForm(request);
  const folder = join(settings.directory, '.posted');
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  try {
    const sizes = sizesAllowed(fields, settings, new Date());
    await pipeline(file, asSigned(sizes, fields.get('x-amz-checksum-sha256')), createWriteStream(path));
  } catch (error) {
    file.resume();
    await rm(path, { force: true });
    throw error;
  }
  return {
    key: fields.get('key') ?? '',
    contentType: fields.get('content-type') ?? 'binary/octet-stream',
    path,
  };
}

type Form = Readonly<{ fields: ReadonlyMap<string, string>; file: Readable }>;

function readForm(request: IncomingMessage): Promise<Form> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const form = new Busboy({ headers: request.headers as BusboyHeaders });
    form.on('field', (name, value) => fields.set(name.toLowerCase(), String(value)));
    form.once('file', (_name, file) => resolve({ fields, file }));
    form.once('finish', () => reject(new PolicyBroken('AccessDenied', 'The form has no file.')));
    form.once('error', reject);
    request.once('error', reject).pipe(form);
  });
}

function asSigned([least, most]: readonly [number, number], sha256: string | undefined): Transform {
  const hash = createHash('sha256');
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      hash.update(chunk);
      done(length > most ? new PolicyBroken('EntityTooLarge', `More than ${most} bytes.`) : null, chunk);
    },
    flush(done) {
      const isOther = sha256 !== undefined && hash.digest('base64') !== sha256;
      if (length < least) done(new PolicyBroken('EntityTooSmall', `Less than ${least} bytes.`));
      else done(isOther ? new PolicyBroken('BadDigest', 'The file has another SHA-256.') : null);
    },
  });
}
