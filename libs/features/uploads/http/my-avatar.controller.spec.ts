import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { anImage } from '../testing/example-files.js';
import { uploading } from '../testing/uploading.js';
import { uploadsApp } from '../testing/uploads-app.js';

const { app, process, close } = await uploadsApp();
afterAll(close);
const { call, presign, post, confirm } = uploading(app);
const avatar = (method: 'GET' | 'PUT' | 'DELETE', payload?: object) => call(method, '/v1/me/avatar', payload);

it('an avatar is an image that is ready: 200 with a link to a small one, until it is taken away', async () => {
  const content = await anImage('png', { width: 800, height: 600 });
  const { data } = await presign({ size: content.length });
  await post(data.fields, content);
  await confirm(data.id);

  const before = [await avatar('GET'), await avatar('PUT', { uploadId: data.id })];
  await process(data.id);
  const set = await avatar('PUT', { uploadId: data.id });
  const { rawPayload, headers } = await app.inject({ url: set.data.url.replace(/^https?:\/\/[^/]+/, '') });
  const after = [await avatar('GET'), await avatar('DELETE'), await avatar('GET')];

  expect(before.map(({ status, code }) => [status, code])).toEqual([
    [404, 'AVATAR_NOT_FOUND'],
    [409, 'AVATAR_NOT_USABLE'],
  ]);
  expect(await sharp(rawPayload).metadata()).toMatchObject({ format: 'webp', width: 256, height: 192 });
  // A page of another origin shows it.
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(after.map(({ status }) => status)).toEqual([200, 204, 404]);
});
