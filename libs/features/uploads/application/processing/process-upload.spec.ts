import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import { incomingKey, keptFolder, keptKey, type Upload } from '../../domain/upload.js';
import { FileTypeContentTypes } from '../../infrastructure/file-type-content-types.js';
import { StreamedFileInspector } from '../../infrastructure/streamed-file-inspector.js';
import { aPdf } from '../../testing/example-files.js';
import { InMemoryUploadsRepository } from '../../testing/in-memory-uploads.repository.js';
import { anUpload } from '../../testing/upload.factory.js';
import type { Images } from './images.js';
import { LookAtFile } from './look-at-file.js';
import { ProcessUpload } from './process-upload.js';
import type { Scanner } from './scanner.js';

const pdf = aPdf();
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const PDF = { kind: 'document', fileName: 'a.pdf', contentType: 'application/pdf', size: pdf.length } as const;
const PNG = { size: png.length };
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const renewing: Images = {
  renew: async () => ({ content: Buffer.from('anew'), variants: { small: Buffer.from('s') } }),
};
const clean: Scanner = { isClean: async () => true };

async function setup(overrides: Partial<Upload>, { images = renewing, scanner = clean } = {}) {
  const [uploads, storage] = [new InMemoryUploadsRepository(), new InMemoryStorage()];
  const upload = anUpload({ status: 'processing', ...overrides });
  await uploads.add(upload);
  const look = new LookAtFile(storage, new StreamedFileInspector(new FileTypeContentTypes()), scanner);
  const processUpload = new ProcessUpload(uploads, storage, look, images);
  return { upload, storage, process: () => processUpload.execute(upload.id) };
}

describe('ProcessUpload', () => {
  it('keeps a document as it is, where its form does not lead', async () => {
    const { upload, storage, process } = await setup({ ...PDF, sha256: sha256(pdf) });
    await storage.write(incomingKey(upload.id), pdf);

    expect(await process()).toMatchObject({ status: 'ready', size: pdf.length, sha256: sha256(pdf) });
    expect(storage.contents.get(keptKey(upload.id))).toEqual(Buffer.from(pdf));
  });

  it('keeps an image as it was made anew, and smaller ones of it', async () => {
    const { upload, storage, process } = await setup(PNG);
    await storage.write(incomingKey(upload.id), png);

    expect(await process()).toMatchObject({ status: 'ready', size: 4, contentType: 'image/png', sha256: sha256(png) });
    expect(storage.files.get(keptKey(upload.id))).toBe('anew');
    expect(storage.files.get(`${keptFolder(upload.id)}/small.webp`)).toBe('s');
  });

  it('comes to the same end when it is done again', async () => {
    const { upload, storage, process } = await setup(PNG);
    await storage.write(incomingKey(upload.id), png);

    expect(await process()).toEqual(await process());
  });

  it.each<[string, Partial<Upload>, Uint8Array | null, string, Parameters<typeof setup>[1]?]>([
    ['is not there any more', PDF, null, 'FILE_LOST'],
    ['has another size', { ...PDF, size: 3 }, pdf, 'SIZE_MISMATCH'],
    ['has another SHA-256', { ...PDF, sha256: 'a'.repeat(64) }, pdf, 'CHECKSUM_MISMATCH'],
    ['has another type', { ...PDF, size: png.length }, png, 'TYPE_MISMATCH'],
    ['does not end as it should', { ...PDF, size: 40 }, pdf.subarray(0, 40), 'DOCUMENT_SUSPICIOUS'],
    ['has malware', PDF, pdf, 'MALWARE_FOUND', { scanner: { isClean: async () => false } }],
    ['is no image', PNG, png, 'IMAGE_UNREADABLE', { images: { renew: async () => 'IMAGE_UNREADABLE' } }],
  ])('rejects a file that %s, and keeps nothing of it', async (_what, declared, content, reason, adapters) => {
    const { upload, storage, process } = await setup(declared, adapters);
    if (content) await storage.write(incomingKey(upload.id), content);

    expect(await process()).toMatchObject({ status: 'rejected', reason });
    expect([...storage.files.keys()].filter((key) => key.startsWith(keptFolder(upload.id)))).toEqual([]);
  });

  it.each(['pending', 'ready', 'rejected'] as const)('leaves one alone that is %s', async (status) => {
    expect(await (await setup({ status })).process()).toBeNull();
  });

  it('fails, to be tried again, while nobody can scan', async () => {
    const scanner: Scanner = {
      isClean: async () => {
        throw new Error('no scanner answers');
      },
    };
    const { upload, storage, process } = await setup(PDF, { scanner });
    await storage.write(incomingKey(upload.id), pdf);

    await expect(process()).rejects.toThrow('no scanner answers');
  });
});
