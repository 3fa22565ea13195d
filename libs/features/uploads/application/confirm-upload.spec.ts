import { describe, expect, it, vi } from 'vitest';
import { unavailable } from '#platform/kernel/errors/service-unavailable.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import { UploadNotReceived, UploadSizeMismatch, UploadTypeMismatch } from '../domain/upload.errors.js';
import { incomingKey, type Upload } from '../domain/upload.js';
import { FileTypeContentTypes } from '../infrastructure/file-type-content-types.js';
import { anImage, aPdf } from '../testing/example-files.js';
import { InMemoryUploadsRepository } from '../testing/in-memory-uploads.repository.js';
import { anUpload, anUploader } from '../testing/upload.factory.js';
import { ConfirmUpload } from './confirm-upload.js';
import { FindUpload } from './find-upload.js';

const content = await anImage();

async function setup(overrides: Partial<Upload> = {}) {
  const [uploader, uploads, storage] = [anUploader(), new InMemoryUploadsRepository(), new InMemoryStorage()];
  const operations = new InMemoryOperations();
  const start = vi.spyOn(operations, 'start');
  const confirmUpload = new ConfirmUpload(
    new FindUpload(uploads),
    uploads,
    storage,
    new FileTypeContentTypes(),
    operations,
    new ImmediateTransaction(),
  );
  const upload = anUpload({ userId: uploader.id, size: content.length, ...overrides });
  await uploads.add(upload);
  const arrive = (arrived: Uint8Array) => storage.write(incomingKey(upload.id), arrived);
  return { uploads, upload, start, arrive, storage, confirm: () => confirmUpload.execute(uploader, upload.id) };
}

describe('ConfirmUpload', () => {
  it('hands the file to the worker', async () => {
    const { upload, start, arrive, confirm } = await setup();
    await arrive(content);

    expect(await confirm()).toEqual({ ...upload, status: 'processing' });
    expect(start.mock.calls.map((call: readonly unknown[]) => call[2])).toEqual([{ uploadId: upload.id }]);
  });

  it('does it once, however often and at the same time it is asked', async () => {
    const { start, arrive, confirm } = await setup();
    await arrive(content);

    const confirmed = [...(await Promise.all([confirm(), confirm(), confirm()])), await confirm()];

    expect(confirmed.map(({ status }) => status)).toEqual(confirmed.map(() => 'processing'));
    expect(start).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Uint8Array | null, new () => Error]>([
    ['that is not there', null, UploadNotReceived],
    ['of another size', content.subarray(1), UploadSizeMismatch],
    [
      'of another type',
      Buffer.concat([aPdf(), Buffer.alloc(content.length)]).subarray(0, content.length),
      UploadTypeMismatch,
    ],
  ])('leaves a file as it is %s', async (_what, arrived, refusal) => {
    const { uploads, upload, start, arrive, confirm } = await setup();
    if (arrived) await arrive(arrived);

    await expect(confirm()).rejects.toThrow(refusal);
    expect([(await uploads.find(upload.id))?.status, start.mock.calls.length]).toEqual(['pending', 0]);
  });

  it('loses nothing while the storage is away: it can be confirmed later', async () => {
    const { uploads, upload, arrive, storage, confirm } = await setup();
    await arrive(content);
    vi.spyOn(storage, 'readStart').mockRejectedValueOnce(unavailable('storage'));

    await expect(confirm()).rejects.toMatchObject({ reason: 'storage' });
    expect((await uploads.find(upload.id))?.status).toBe('pending');
    expect((await confirm()).status).toBe('processing');
  });
});
