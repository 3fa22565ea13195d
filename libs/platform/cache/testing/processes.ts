import { afterAll, expect } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/values/ids.js';
import { testCache } from '../../testing/test-cache.js';
import { testDatabase } from '../../testing/test-database.js';
import { ofProcess } from './books.js';
import { aSource } from './sources.js';

export const NOBODY_LISTENS = 'redis://127.0.0.1:1';

type Servers = Readonly<{ redisUrl?: string | undefined; postgres?: Database }>;
export type CacheProcess = Omit<Awaited<ReturnType<typeof testCache>>, 'close'>;

/** What every process holds, connected to the same Postgres and, unless told otherwise, the same Redis. They end with the spec file. */
export function cacheProcesses() {
  const database = testDatabase();
  const closing = [() => database.onApplicationShutdown()];
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  return {
    database,
    aProcess: async ({
      redisUrl = process.env.REDIS_URL,
      postgres = database,
    }: Servers = {}): Promise<CacheProcess> => {
      const { close, ...parts } = await testCache(postgres, { REDIS_URL: redisUrl });
      closing.push(close);
      return parts;
    },
    /** As another process has it: not part of a transaction of the first. */
    anotherDatabase: (): Database => {
      const other = testDatabase();
      closing.unshift(() => other.onApplicationShutdown());
      return other;
    },
  };
}

/** Until both hear each other: subscribing takes a moment, and what is published before is what the readings are for. */
export async function connected(here: CacheProcess, there: CacheProcess): Promise<void> {
  const key = newId();
  const { source, load } = aSource();
  await eventually(async () => {
    await there.cache.get(ofProcess, key, load);
    const before = source.loads;
    const { place } = there.known;
    await here.cache.forget(ofProcess, key);
    await eventually(() => expect(there.known.place).toBeGreaterThan(place), 200);
    await there.cache.get(ofProcess, key, load);
    expect(source.loads).toBe(before + 1);
  });
}
