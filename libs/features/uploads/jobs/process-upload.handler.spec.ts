import { expect, it } from 'vitest';
import type { ProcessUpload } from '../application/processing/process-upload.js';
import type { Ending } from '../application/uploads.repository.js';
import { InMemoryUploadsRepository } from '../testing/in-memory-uploads.repository.js';
import { anUpload } from '../testing/upload.factory.js';
import { ProcessUploadHandler } from './process-upload.handler.js';

const READY: Ending = { status: 'ready', reason: null, contentType: 'image/png', size: 3, sha256: 'a'.repeat(64) };

async function setup(ending: Ending | null) {
  const uploads = new InMemoryUploadsRepository();
  const upload = anUpload({ status: 'processing' });
  await uploads.add(upload);
  const processUpload = { execute: async () => ending } as unknown as ProcessUpload;
  return { uploads, uploadId: upload.id, handler: new ProcessUploadHandler(processUpload, uploads) };
}

it('writes down what became of an upload with the end of the operation, and not before', async () => {
  const { uploads, uploadId, handler } = await setup(READY);

  const result = await handler.run({ uploadId });
  expect((await uploads.find(uploadId))?.status).toBe('processing');
  await handler.finish(result);

  expect(await uploads.find(uploadId)).toMatchObject(READY);
});

it('writes nothing about one that is gone', async () => {
  const { uploads, uploadId, handler } = await setup(null);

  await handler.finish(await handler.run({ uploadId }));

  expect((await uploads.find(uploadId))?.status).toBe('processing');
});
