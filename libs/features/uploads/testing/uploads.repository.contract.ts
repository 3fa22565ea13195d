import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { UploadsRepository } from '../application/uploads.repository.js';
import { UploadQuotaExceeded } from '../domain/upload.errors.js';
import type { Upload } from '../domain/upload.js';
import { anUpload } from './upload.factory.js';

type Setup = Readonly<{ uploads: UploadsRepository; aUserId: () => Promise<string> }>;

const ROOM = 10_000;

/** What use cases rely on, whichever repository they get. */
export function describeUploadsRepository(name: string, setup: () => Setup): void {
  describe(name, () => {
    const { uploads, aUserId } = setup();

    async function aStoredUpload(overrides: Partial<Upload> = {}): Promise<Upload> {
      const upload = anUpload({ userId: await aUserId(), ...overrides });
      await uploads.add(upload, ROOM);
      return upload;
    }

    it('gives back what it was given, and nothing that it was not', async () => {
      const upload = await aStoredUpload({ sha256: 'a'.repeat(64) });

      expect(await uploads.find(upload.id)).toEqual(upload);
      expect(await uploads.find(newId())).toBeNull();
    });

    it('lets one of many begin the processing', async () => {
      const { id } = await aStoredUpload();

      const begun = await Promise.all([1, 2, 3, 4].map(() => uploads.beginProcessing(id)));

      expect(begun.filter(Boolean)).toHaveLength(1);
      expect((await uploads.find(id))?.status).toBe('processing');
    });

    it('ends what is being processed, and that once', async () => {
      const { id } = await aStoredUpload();
      const ready = {
        status: 'ready',
        reason: null,
        contentType: 'image/webp',
        size: 9,
        sha256: 'b'.repeat(64),
      } as const;

      await uploads.end(id, ready);
      expect((await uploads.find(id))?.status).toBe('pending');
      await uploads.beginProcessing(id);
      await uploads.end(id, ready);
      await uploads.end(id, { ...ready, status: 'rejected', reason: 'TYPE_MISMATCH' });

      expect(await uploads.find(id)).toMatchObject(ready);
    });

    it('finds nothing that is deleted, and deletes it once', async () => {
      const { id } = await aStoredUpload();

      expect([await uploads.delete(id), await uploads.delete(id)]).toEqual([true, false]);
      expect([await uploads.find(id), await uploads.beginProcessing(id)]).toEqual([null, false]);
    });

    it('has room for so much of one user, and of each', async () => {
      const userId = await aUserId();
      const add = (overrides: Partial<Upload>) => uploads.add(anUpload({ userId, size: ROOM / 2, ...overrides }), ROOM);
      const first = anUpload({ userId, size: ROOM / 2 });
      await uploads.add(first, ROOM);
      await add({});

      await expect(add({ size: 1 })).rejects.toThrow(UploadQuotaExceeded);
      await add({ userId: await aUserId() });
      await uploads.delete(first.id);
      await add({});
    });
  });
}
