import type { Database } from '#platform/database/database.js';
import { newId } from '#platform/kernel/values/ids.js';
import { NOW } from './upload.factory.js';

/** The id of somebody uploads can belong to: the table insists. */
export async function aStoredUserId(database: Database): Promise<string> {
  const id = newId();
  await database.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: NOW, updatedAt: NOW } });
  return id;
}
