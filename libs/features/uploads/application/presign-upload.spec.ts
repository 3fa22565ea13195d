import { describe, expect, it } from 'vitest';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { UploadQuotaExceeded, UploadTypeNotAllowed } from '../domain/upload.errors.js';
import { QUOTA_BYTES } from '../domain/upload.js';
import { InMemoryUploadsRepository } from '../testing/in-memory-uploads.repository.js';
import { aDeclaration, anUpload, anUploader } from '../testing/upload.factory.js';
import { PresignUpload } from './presign-upload.js';

function setup() {
  const uploads = new InMemoryUploadsRepository();
  return { uploads, presign: new PresignUpload(uploads, new InMemoryStorage(), new StoppedClock()) };
}

describe('PresignUpload', () => {
  it('remembers the file, and gives a form for a key that has nothing of its name', async () => {
    const { uploads, presign } = setup();
    const uploader = anUploader();

    const { id, fields } = await presign.execute(uploader, aDeclaration({ fileName: 'my cat.png' }));

    expect(await uploads.find(id)).toMatchObject({ userId: uploader.id, status: 'pending', fileName: 'my cat.png' });
    expect(fields).toEqual({ key: `uploads/incoming/${id}/file`, 'Content-Type': 'image/png' });
  });

  it('gives none where there is no room, and none for what is not taken', async () => {
    const { uploads, presign } = setup();
    const uploader = anUploader();
    await uploads.add(anUpload({ userId: uploader.id, size: QUOTA_BYTES }));

    await expect(presign.execute(uploader, aDeclaration())).rejects.toThrow(UploadQuotaExceeded);
    await expect(presign.execute(anUploader(), aDeclaration({ contentType: 'text/html' }))).rejects.toThrow(
      UploadTypeNotAllowed,
    );
  });
});
