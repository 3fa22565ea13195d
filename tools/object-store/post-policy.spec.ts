import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it } from 'vitest';
import { sizesAllowed } from './post-policy.ts';

const SETTINGS = {
  endpoint: 'http://localhost',
  directory: '',
  bucket: 'files',
  accessKeyId: 'me',
  secretAccessKey: 'secret',
};

/** As the client of AWS makes it. */
async function aForm(conditions: Parameters<typeof createPresignedPost>[1]['Conditions'] = []) {
  const client = new S3Client({ region: 'eu-1', endpoint: SETTINGS.endpoint, credentials: SETTINGS });
  const { fields } = await createPresignedPost(client, {
    ...{ Bucket: 'files', Key: 'a/b', Expires: 60 },
    Fields: { 'Content-Type': 'text/plain' },
    Conditions: [['content-length-range', 3, 5], ...conditions],
  });
  return new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
}

const check = (fields: ReadonlyMap<string, string>, now = new Date()) => sizesAllowed(fields, SETTINGS, now);

describe('a form', () => {
  it('is taken as it was signed, with a file of the sizes that it names', async () => {
    expect(check(await aForm())).toEqual([3, 5]);
    expect(check(await aForm([['starts-with', '$key', 'a/']]))).toEqual([3, 5]);
  });

  it.each<[string, string, string]>([
    ['key', 'a/c', 'AccessDenied'],
    ['content-type', 'text/html', 'AccessDenied'],
    ['acl', 'public-read', 'AccessDenied'],
    ['policy', Buffer.from('{}').toString('base64'), 'SignatureDoesNotMatch'],
    ['x-amz-signature', 'a'.repeat(64), 'SignatureDoesNotMatch'],
    ['x-amz-credential', 'other/20300101/eu-1/s3/aws4_request', 'AccessDenied'],
  ])('is refused with another %s', async (name, value, code) => {
    const fields = await aForm();

    expect(() => check(fields.set(name, value))).toThrow(expect.objectContaining({ code }));
  });

  it('is refused after its end, with nothing in it, and for another bucket', async () => {
    const fields = await aForm();

    expect(() => check(fields, new Date(Date.now() + 61_000))).toThrow('Policy expired.');
    expect(() => check(new Map())).toThrow('The form names no key');
    expect(() => sizesAllowed(fields, { ...SETTINGS, bucket: 'other' }, new Date())).toThrow(/bucket/);
  });
});
