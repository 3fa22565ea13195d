import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { signatureProblem } from './signed-request.ts';

const KEYS = { accessKeyId: 'me', secretAccessKey: 'secret' };
const HEADERS = { host: 'localhost:9000' };

/** As the client of AWS signs it. */
async function aLink(): Promise<string> {
  const client = new S3Client({
    region: 'eu-1',
    endpoint: 'http://localhost:9000',
    forcePathStyle: true,
    credentials: KEYS,
  });
  const command = new GetObjectCommand({
    Bucket: 'files',
    Key: 'a/b',
    ResponseContentDisposition: `filename*=UTF-8''(%C3%A9)*`,
  });
  const { pathname, search } = new URL(await getSignedUrl(client, command, { expiresIn: 60 }));
  return `${pathname}${search}`;
}

const ask = (url: string, { now = new Date(), keys = KEYS, method = 'GET' } = {}) =>
  signatureProblem({ method, url, headers: HEADERS }, keys, now);

describe('a link', () => {
  it('is taken as it was signed', async () => {
    expect(ask(await aLink())).toBeNull();
  });

  it('is refused when anything of it is another', async () => {
    const link = await aLink();

    expect([
      ask(link.replace('a/b', 'a/c')),
      ask(link.replace('UTF-8', 'UTF-7')),
      ask(link, { method: 'DELETE' }),
      ask(link, { keys: { ...KEYS, secretAccessKey: 'other' } }),
      ask(link, { keys: { ...KEYS, accessKeyId: 'other' } }),
      ask(link, { now: new Date(Date.now() + 62_000) }),
      ask('/files/a/b'),
    ]).toEqual([
      ...Array.from({ length: 4 }, () => 'The signature is another one.'),
      'The key is not known here.',
      'The signature has ended.',
      'The request is not signed.',
    ]);
  });
});
