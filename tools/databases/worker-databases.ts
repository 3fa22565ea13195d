import { randomBytes } from 'node:crypto';
import { cloneDatabase, dropDatabase, migratedTemplate } from './migrated-template.ts';

/** Roles belong to the server, which other runs may share. */
export const newRoleName = (): string => `test_programs_${randomBytes(4).toString('hex')}`;

/** A clone of the migrated template for each worker. */
export async function workerDatabases(
  serverUrl: string,
  workers: number,
): Promise<Readonly<{ urls: readonly string[]; drop: () => Promise<void> }>> {
  const template = await migratedTemplate(serverUrl);
  const run = randomBytes(4).toString('hex');
  const names = Array.from({ length: workers }, (_, index) => `test_${run}_${index + 1}`);
  const urls: string[] = [];
  for (const name of names) urls.push(await cloneDatabase(serverUrl, template, name));
  return {
    urls,
    drop: async () => {
      for (const name of names) await dropDatabase(serverUrl, name);
    },
  };
}
