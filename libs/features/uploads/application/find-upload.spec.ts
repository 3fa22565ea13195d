import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { UploadNotFound } from '../domain/upload.errors.js';
import { InMemoryUploadsRepository } from '../testing/in-memory-uploads.repository.js';
import { anUpload, anUploader } from '../testing/upload.factory.js';
import { FindUpload } from './find-upload.js';

it('finds what is one’s own, and nothing of anybody else', async () => {
  const [owner, uploads] = [anUploader(), new InMemoryUploadsRepository()];
  const findUpload = new FindUpload(uploads);
  const own = anUpload({ userId: owner.id });
  await uploads.add(own);

  expect(await findUpload.execute(owner, own.id)).toEqual(own);
  await expect(findUpload.execute(anUploader(), own.id)).rejects.toThrow(UploadNotFound);
  await expect(findUpload.execute(owner, newId())).rejects.toThrow(UploadNotFound);
});
