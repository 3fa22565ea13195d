import { randomUUID } from 'node:crypto';
import { type Expectation, owners, signedIn, type World } from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';

/** One that is confirmed already: nobody looks for its file. */
const aStoredUpload = async ({ system, user }: World): Promise<string> => {
  const id = randomUUID();
  const columns = 'id, user_id, kind, file_name, content_type, size, status, created_at, updated_at';
  await inDatabase(
    system,
    `INSERT INTO uploads (${columns}) VALUES ($1, $2, 'image', 'a.png', 'image/png', 1, 'processing', now(), now())`,
    [id, user.id],
  );
  return id;
};
const byId = async (world: World) => ({ params: { id: await aStoredUpload(world) } });

/** The key of the administrator has none of the permissions for uploads. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'Uploads.presign': {
    statuses: signedIn(201),
    call: () => ({ body: { kind: 'image', fileName: 'a.png', contentType: 'image/png', size: 1 } }),
  },
  'Uploads.confirm': {
    statuses: owners(202, 403),
    call: async (world) => ({ body: { id: await aStoredUpload(world) } }),
  },
  'Uploads.get': { statuses: owners(200, 403), call: byId },
  'MyAvatar.get': { statuses: signedIn(404) },
  'MyAvatar.set': {
    statuses: owners(409, 403),
    call: async (world) => ({ body: { uploadId: await aStoredUpload(world) } }),
  },
  'MyAvatar.remove': { statuses: signedIn(204) },
  'Uploads.delete': { statuses: owners(204, 403), call: byId },
};
