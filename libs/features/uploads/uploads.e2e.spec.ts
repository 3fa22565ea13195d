import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { type ObjectStore, startObjectStore } from '#platform/testing/servers/object-store.js';
import { signUpWithId } from '#platform/testing/system/administration.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { anImage, aPdf, aVideo } from './testing/example-files.js';
import { confirm, getUpload, post, presign, send, whenProcessed } from './testing/uploads.client.js';

let store: ObjectStore;
let system: System;
beforeAll(async () => {
  store = await startObjectStore();
  system = await startSystem(store.env);
});
afterAll(async () => {
  await system.stop();
  await store.stop();
});

describe('an image in an object store', () => {
  it('is sent, confirmed, made anew without its metadata, and fetched by a link', async () => {
    const { token } = await signUpWithId(system);
    const content = await anImage('jpeg');
    const declared = {
      fileName: 'Grüße.jpg',
      contentType: 'image/jpeg',
      sha256: createHash('sha256').update(content).digest('hex'),
    };

    const { id, status } = await send(system.client, { token, content, declared });
    const upload = await whenProcessed(system.client, { token, id });
    const response = await fetch(String(upload.url));
    const kept = Buffer.from(await response.arrayBuffer());

    expect(status).toBe('processing');
    expect(upload).toMatchObject({ status: 'ready', reason: null, kind: 'image', size: kept.length });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="Gr__e.jpg"/);
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 400, height: 300 });
    expect([content, kept].map((each) => Buffer.from(each).includes('secret-place'))).toEqual([true, false]);
  });
});

describe('a document and a film in an object store', () => {
  it.each([
    ['document', 'a.pdf', 'application/pdf', aPdf()],
    ['video', 'a.mp4', 'video/mp4', aVideo(12_000_000)],
  ] as const)('are kept as they are: %s', async (kind, fileName, contentType, content) => {
    const { token } = await signUpWithId(system);

    const { id } = await send(system.client, { token, content, declared: { kind, fileName, contentType } });
    const upload = await whenProcessed(system.client, { token, id });

    expect(upload.status).toBe('ready');
    const fetched = Buffer.from(await (await fetch(String(upload.url))).arrayBuffer());
    expect(fetched.equals(content)).toBe(true);
  });
});

describe('an upload', () => {
  it('is confirmed by ten at once, and processed once', async () => {
    const { token } = await signUpWithId(system);
    const content = await anImage();
    const { data: form } = await orThrow(presign(system.client, { token, content }));
    await post(form, content);

    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(system.client, { token, id: form.id })));

    expect(answers.map(({ response }) => response.status)).toEqual(answers.map(() => 202));
    expect((await whenProcessed(system.client, { token, id: form.id })).status).toBe('ready');
  });

  it('is nobody else’s, and nobody’s once it is deleted', async () => {
    const [owner, stranger] = [await signUpWithId(system), await signUpWithId(system)];
    const { id } = await send(system.client, { token: owner.token, content: await anImage() });
    const remove = ({ token }: { token: string }) =>
      system.client.as(token).DELETE('/v1/uploads/{id}', { params: { path: { id } } });

    const answers = [
      await confirm(system.client, { token: stranger.token, id }),
      await getUpload(system.client, { token: stranger.token, id }),
      await remove(stranger),
      await remove(owner),
      await getUpload(system.client, { token: owner.token, id }),
      await remove(owner),
    ];

    expect(answers.map(({ response }) => response.status)).toEqual([404, 404, 404, 204, 404, 404]);
  });
});
