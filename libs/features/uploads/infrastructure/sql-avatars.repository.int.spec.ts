import { afterAll, expect, it } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { anUpload } from '../testing/upload.factory.js';
import { SqlAvatarsRepository } from './sql-avatars.repository.js';
import { SqlUploadsRepository } from './sql-uploads.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const uploads = new SqlUploadsRepository(database);
const avatars = new SqlAvatarsRepository(database);

it('an avatar is the last one that was put, until it is removed or its upload is deleted', async () => {
  const userId = await aStoredUserId(database);
  const [first, second] = [anUpload({ userId }), anUpload({ userId })];
  for (const upload of [first, second]) await uploads.add(upload, 10_000);
  const seen = [await avatars.find(userId)];

  for (const { id } of [first, second]) {
    await avatars.put(userId, id);
    seen.push(await avatars.find(userId));
  }
  await uploads.delete(second.id);
  seen.push(await avatars.find(userId));
  await avatars.put(userId, first.id);
  await avatars.remove(userId);
  seen.push(await avatars.find(userId));

  expect(seen).toEqual([null, first.id, second.id, null, null]);
});
