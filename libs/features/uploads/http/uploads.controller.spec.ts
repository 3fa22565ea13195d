import { afterAll, describe, expect, it } from 'vitest';
import { anImage } from '../testing/example-files.js';
import { anUploader } from '../testing/upload.factory.js';
import { uploading } from '../testing/uploading.js';
import { uploadsApp } from '../testing/uploads-app.js';

const { app, process, close } = await uploadsApp();
afterAll(close);
const { presign, post, confirm, get, remove } = uploading(app);
const content = await anImage();

describe('POST /v1/uploads/presigned', () => {
  it('answers 201 with a form that ends', async () => {
    expect(await presign({ size: content.length })).toEqual({
      status: 201,
      code: undefined,
      data: {
        id: expect.any(String),
        url: 'http://localhost:3000/v1/files',
        fields: { token: expect.any(String), 'Content-Type': 'image/png' },
        expiresAt: '2030-01-01T12:15:00.000Z',
      },
    });
  });

  it('answers 422 to an unknown kind, with those that there are', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/uploads/presigned',
      payload: { kind: 'program', fileName: 'a.png', contentType: 'image/png', size: 1 },
    });

    expect(response.json()).toMatchObject({ status: 422, errors: [{ pointer: '#/kind' }] });
    expect(response.json().errors[0].detail).toMatch(/image.*document.*video/);
  });
});

describe('an upload', () => {
  it('is confirmed with 202, read with 200 and a link once it is ready, and deleted with 204', async () => {
    const { data } = await presign({ size: content.length });
    await post(data.fields, content);

    const confirmed = await confirm(data.id);
    await process(data.id);
    const ready = await get(data.id);
    const removed = await remove(data.id);

    expect([confirmed.status, confirmed.data.status, confirmed.data.url]).toEqual([202, 'processing', null]);
    expect(ready).toMatchObject({
      status: 200,
      data: {
        id: data.id,
        kind: 'image',
        fileName: 'cat.png',
        contentType: 'image/png',
        status: 'ready',
        reason: null,
      },
    });
    expect(ready.data.url).toMatch(/^http:\/\/localhost:3000\/v1\/downloads\?token=/);
    expect([removed.status, (await get(data.id)).code]).toEqual([204, 'UPLOAD_NOT_FOUND']);
  });
});

describe('a user without the permission', () => {
  it.each([
    ['send a file', 'POST', '/v1/uploads/presigned', 'uploads:read'],
    ['confirm one', 'POST', '/v1/uploads/confirm', 'uploads:read'],
    ['read one', 'GET', '/v1/uploads/0190a1b2-0000-7000-8000-000000000001', 'uploads:create'],
    ['delete one', 'DELETE', '/v1/uploads/0190a1b2-0000-7000-8000-000000000001', 'uploads:create'],
  ] as const)('gets 403 when trying to %s', async (_what, method, url, other) => {
    const without = await uploadsApp(anUploader({ permissions: new Set([other]) }));

    expect((await without.app.inject({ method, url })).json().code).toBe('PERMISSION_DENIED');
    await without.close();
  });
});
