import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { Declaration } from './domain/upload.js';
import { anImage, aPdf, aVideo } from './testing/example-files.js';
import { anUpload } from './testing/upload.factory.js';
import { uploading } from './testing/uploading.js';
import { uploadsApp } from './testing/uploads-app.js';

const { app, process, uploads, clock, close } = await uploadsApp();
afterAll(close);
const { presign, post, confirm, get } = uploading(app);

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (content: string | Uint8Array): Bytes => new Uint8Array(Buffer.from(content as string));
const joined = (...parts: readonly (string | Uint8Array)[]): Bytes =>
  bytes(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

const png = await anImage('png');
const jpeg = await anImage('jpeg');
const zip = bytes(
  'PK\u0003\u0004\u0014\u0000\u0000\u0000\u0008\u0000rest of it PK\u0005\u0006\u0000\u0000\u0000\u0000',
);
const script = '<script>alert(1)</script>';
const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

const DOCUMENT = { kind: 'document', fileName: 'a.pdf', contentType: 'application/pdf' } as const;
const JPEG = { fileName: 'cat.jpg', contentType: 'image/jpeg' } as const;
const VIDEO = { kind: 'video', fileName: 'a.mp4', contentType: 'video/mp4' } as const;

/** A PNG of so many pixels that takes a few bytes: one row of zeros after the other. */
function pixelBomb(side: number): Bytes {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const content = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(content));
    return Buffer.concat([length, content, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * 64));
  return joined(
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  );
}

describe('a declaration is refused', () => {
  it.each<[string, Partial<Declaration>, string]>([
    ['of a type that is a page', { fileName: 'a.html', contentType: 'text/html' }, 'UPLOAD_TYPE_NOT_ALLOWED'],
    ['of an SVG', { fileName: 'a.svg', contentType: 'image/svg+xml' }, 'UPLOAD_TYPE_NOT_ALLOWED'],
    ['of a type of another kind', { contentType: 'application/pdf' }, 'UPLOAD_TYPE_NOT_ALLOWED'],
    ['of a type with more behind it', { contentType: 'image/png; charset=x' }, 'UPLOAD_TYPE_NOT_ALLOWED'],
    ['of an archive', { ...DOCUMENT, contentType: 'application/zip' }, 'UPLOAD_TYPE_NOT_ALLOWED'],
    ['that is too large', { size: 5_000_001 }, 'UPLOAD_TOO_LARGE'],
    ['of nothing', { size: 0 }, 'VALIDATION_FAILED'],
    ['of less than nothing', { size: -1 }, 'VALIDATION_FAILED'],
    ['of half a byte', { size: 0.5 }, 'VALIDATION_FAILED'],
    ['of an unknown kind', { kind: 'program' as never }, 'VALIDATION_FAILED'],
    ['of a kind that every object has', { kind: 'constructor' as never }, 'VALIDATION_FAILED'],
    ['whose name ends otherwise', { fileName: 'cat.exe' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name ends twice', { fileName: 'cat.php.png' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name leads elsewhere', { fileName: '../../etc/cron.d/cat.png' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name leads elsewhere, encoded', { fileName: '..%2f..%2fcat.png\u0000' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name is written backwards', { fileName: 'cat\u202egnp.exe.png' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name is a header', { fileName: 'cat"\r\nset-cookie: a=b.png' }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['whose name never ends', { fileName: `${'x'.repeat(500)}.png` }, 'UPLOAD_NAME_NOT_ALLOWED'],
    ['with a checksum that is none', { sha256: '../../x' }, 'VALIDATION_FAILED'],
  ])('%s', async (_what, declared, code) => {
    expect(await presign(declared)).toMatchObject({ status: 422, code });
  });
});

describe('a form is refused', () => {
  it.each<[string, (fields: Record<string, string>) => Record<string, string>, Bytes, string]>([
    ['with a file that is larger than was said', (fields) => fields, joined(png, 'x'), 'FILE_SIZE_MISMATCH'],
    ['with a file that is smaller', (fields) => fields, png.subarray(1), 'FILE_SIZE_MISMATCH'],
    ['with another type', (fields) => ({ ...fields, 'Content-Type': 'text/html' }), png, 'UPLOAD_FORM_INVALID'],
    ['with a token of one’s own', (fields) => ({ ...fields, token: 'e30.e30' }), png, 'UPLOAD_FORM_INVALID'],
    ['without a token', () => ({ 'Content-Type': 'image/png' }), png, 'UPLOAD_FORM_INVALID'],
  ])('%s', async (_what, change, content, code) => {
    const { data } = await presign({ size: png.length });

    expect((await post(change(data.fields), content)).code).toBe(code);
    expect((await confirm(data.id)).code).toBe('UPLOAD_NOT_RECEIVED');
  });

  it('with another file of the same size, where a checksum was given', async () => {
    const { data } = await presign({ size: png.length, sha256: createHash('sha256').update(png).digest('hex') });

    expect((await post(data.fields, bytes(Buffer.alloc(png.length)))).code).toBe('FILE_CHECKSUM_MISMATCH');
  });

  it('when it has ended', async () => {
    const { data } = await presign({ size: png.length });
    clock.pass(901);

    expect((await post(data.fields, png)).code).toBe('UPLOAD_FORM_INVALID');
  });
});

async function sent(declared: Partial<Declaration>, content: Bytes): Promise<string> {
  const { data } = await presign({ ...declared, size: content.length });
  expect((await post(data.fields, content)).status).toBe(204);
  return data.id;
}

describe('a confirmation is refused', () => {
  it.each<[string, Partial<Declaration>, Bytes]>([
    ['of a page that is said to be an image', {}, bytes(`<html>${script}</html>`)],
    ['of an SVG that is said to be an image', {}, bytes(svg)],
    ['of an image of another type', {}, jpeg],
    ['of a program', {}, bytes(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]))],
    ['of an archive that is said to be a document', DOCUMENT, zip],
    ['of a page with a PDF further down', DOCUMENT, joined(`<html>${script}`, aPdf())],
    ['of an image that is said to be a film', VIDEO, png],
    ['of text', DOCUMENT, bytes('just text')],
  ])('%s', async (_what, declared, content) => {
    expect(await confirm(await sent(declared, content))).toMatchObject({ status: 422, code: 'UPLOAD_TYPE_MISMATCH' });
  });

  it('of a file that is not there', async () => {
    const { data } = await presign();

    expect(await confirm(data.id)).toMatchObject({ status: 409, code: 'UPLOAD_NOT_RECEIVED' });
  });

  it('of somebody else’s, as of one that never was', async () => {
    const theirs = anUpload();
    await uploads.add(theirs);

    const answers = [await confirm(theirs.id), await get(theirs.id), await confirm(newId())];

    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [404, 'UPLOAD_NOT_FOUND']));
  });
});

describe('the worker rejects', () => {
  it.each<[string, Partial<Declaration>, Bytes, string]>([
    ['an image of more pixels than fit into memory', {}, pixelBomb(30_000), 'IMAGE_TOO_MANY_PIXELS'],
    ['an image that is cut off', {}, png.subarray(0, 200), 'IMAGE_UNREADABLE'],
    ['an image that is none after its first bytes', JPEG, joined(jpeg.subarray(0, 40), script), 'IMAGE_UNREADABLE'],
    ['a PDF that is an archive as well', DOCUMENT, joined(aPdf(), zip, '%%EOF'), 'DOCUMENT_SUSPICIOUS'],
    ['a PDF with something behind its end', DOCUMENT, joined(aPdf(), Buffer.alloc(5_000)), 'DOCUMENT_SUSPICIOUS'],
  ])('%s', async (_what, declared, content, reason) => {
    const id = await sent(declared, content);
    await confirm(id);
    await process(id);

    expect((await get(id)).data).toMatchObject({ status: 'rejected', reason, url: null });
  });

  it('what took the place of the file after it was confirmed', async () => {
    const content = aVideo(png.length);
    const { data } = await presign({ ...VIDEO, size: content.length });
    await post(data.fields, content);
    await confirm(data.id);
    await post(data.fields, bytes(Buffer.from(png)));
    await process(data.id);

    expect((await get(data.id)).data).toMatchObject({ status: 'rejected', reason: 'TYPE_MISMATCH', url: null });
  });
});

describe('nothing of a file that is two things', () => {
  it('is left in an image: it is made anew', async () => {
    const id = await sent(JPEG, joined(jpeg, zip, svg));
    await confirm(id);
    await process(id);
    const { data } = await get(id);

    const { rawPayload, headers } = await app.inject({ method: 'GET', url: data.url.replace(/^https?:\/\/[^/]+/, '') });

    expect((await sharp(rawPayload).metadata()).format).toBe('jpeg');
    expect(['PK\u0003\u0004', '<script>', 'secret-place'].filter((text) => rawPayload.includes(text))).toEqual([]);
    expect([headers['content-disposition'], headers['x-content-type-options']]).toEqual([
      'attachment; filename="cat.jpg"',
      'nosniff',
    ]);
  });

  it('can be changed once it is ready, by its form that has not ended', async () => {
    const { data } = await presign({ size: png.length });
    await post(data.fields, png);
    await confirm(data.id);
    await process(data.id);
    const ready = await get(data.id);

    expect((await post(data.fields, bytes(Buffer.alloc(png.length, 60)))).status).toBe(204);
    const { rawPayload } = await app.inject({ method: 'GET', url: ready.data.url.replace(/^https?:\/\/[^/]+/, '') });

    expect((await sharp(rawPayload).metadata()).format).toBe('png');
    expect((await confirm(data.id)).data.status).toBe('ready');
  });
});
