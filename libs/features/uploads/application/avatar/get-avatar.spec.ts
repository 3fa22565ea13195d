import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryStorage, LINK_BASE } from '#platform/testing/doubles/in-memory-storage.js';
import { AvatarNotFound } from '../../domain/upload.errors.js';
import { variantKey } from '../../domain/upload.js';
import { InMemoryAvatarsRepository } from '../../testing/in-memory-avatars.repository.js';
import { anUploader } from '../../testing/upload.factory.js';
import { GetAvatar } from './get-avatar.js';

const [owner, uploadId] = [anUploader(), newId()];

function setup() {
  const [avatars, storage] = [new InMemoryAvatarsRepository(), new InMemoryStorage()];
  return { avatars, storage, getAvatar: new GetAvatar(avatars, storage) };
}

describe('GetAvatar', () => {
  it('links to the small image', async () => {
    const { avatars, storage, getAvatar } = setup();
    await avatars.put(owner.id, uploadId);
    await storage.write(variantKey(uploadId, 'small'), Buffer.from('s'));

    expect(await getAvatar.execute(owner)).toEqual({
      uploadId,
      url: `${LINK_BASE}/uploads/kept/${uploadId}/small.webp`,
    });
  });

  it('finds none where none was set, and none whose image is gone', async () => {
    const { avatars, getAvatar } = setup();

    await expect(getAvatar.execute(owner)).rejects.toThrow(AvatarNotFound);
    await avatars.put(owner.id, uploadId);
    await expect(getAvatar.execute(owner)).rejects.toThrow(AvatarNotFound);
  });
});
