import { describe, expect, it } from 'vitest';
import { AvatarNotUsable, UploadNotFound } from '../../domain/upload.errors.js';
import type { Upload } from '../../domain/upload.js';
import { InMemoryAvatarsRepository } from '../../testing/in-memory-avatars.repository.js';
import { InMemoryUploadsRepository } from '../../testing/in-memory-uploads.repository.js';
import { anUpload, anUploader } from '../../testing/upload.factory.js';
import { FindUpload } from '../find-upload.js';
import { SetAvatar } from './set-avatar.js';

async function setup(overrides: Partial<Upload> = {}) {
  const [uploads, avatars, owner] = [new InMemoryUploadsRepository(), new InMemoryAvatarsRepository(), anUploader()];
  const upload = anUpload({ userId: owner.id, status: 'ready', ...overrides });
  await uploads.add(upload);
  return { avatars, owner, upload, setAvatar: new SetAvatar(new FindUpload(uploads), avatars) };
}

describe('SetAvatar', () => {
  it('lets an image stand for its owner', async () => {
    const { avatars, owner, upload, setAvatar } = await setup();

    await setAvatar.execute(owner, upload.id);

    expect(await avatars.find(owner.id)).toBe(upload.id);
  });

  it.each<Partial<Upload>>([{ status: 'processing' }, { status: 'rejected' }, { kind: 'document' }])(
    'takes none that is %j',
    async (overrides) => {
      const { avatars, owner, upload, setAvatar } = await setup(overrides);

      await expect(setAvatar.execute(owner, upload.id)).rejects.toThrow(AvatarNotUsable);
      expect(await avatars.find(owner.id)).toBeNull();
    },
  );

  it('takes none of somebody else', async () => {
    const { upload, setAvatar } = await setup();

    await expect(setAvatar.execute(anUploader(), upload.id)).rejects.toThrow(UploadNotFound);
  });
});
