import { expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { UploadNotFound } from '../domain/upload.errors.js';
import { InMemoryUploadsRepository } from '../testing/in-memory-uploads.repository.js';
import { anUpload, anUploader } from '../testing/upload.factory.js';
import { DeleteUpload } from './delete-upload.js';
import { FindUpload } from './find-upload.js';

it('takes an upload away from its owner, whom the audit names, and from nobody else', async () => {
  const [owner, uploads, audit] = [anUploader(), new InMemoryUploadsRepository(), new RecordedAudit()];
  const deleteUpload = new DeleteUpload(new FindUpload(uploads), uploads, audit, new ImmediateTransaction());
  const { id } = anUpload({ userId: owner.id });
  await uploads.add(anUpload({ id, userId: owner.id }));

  await expect(deleteUpload.execute(anUploader(), id)).rejects.toThrow(UploadNotFound);
  await deleteUpload.execute(owner, id);

  expect(await uploads.find(id)).toBeNull();
  expect(audit.recorded).toEqual([{ type: 'upload.deleted', subjectId: id }]);
});
