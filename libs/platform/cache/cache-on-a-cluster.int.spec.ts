import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { defineCache } from '../kernel/cache/cache.js';
import { newId } from '../kernel/values/ids.js';
import { testCache } from '../testing/test-cache.js';
import { testDatabase } from '../testing/test-database.js';

Logger.overrideLogger(false);

type Book = Readonly<{ title: string }>;
const books = defineCache<Book>({
  name: 'tests.books-of-a-cluster',
  value: z.object({ title: z.string() }),
  ttlSeconds: 60,
});
/** So many keys that each of the three masters has some. */
const MANY = 60;

const database = testDatabase();
let cluster: RedisCluster;
let processes: Awaited<ReturnType<typeof testCache>>[];
beforeAll(async () => {
  cluster = await startRedisCluster();
  processes = await Promise.all([testCache(database, cluster.env), testCache(database, cluster.env)]);
});
afterAll(async () => {
  await Promise.all(processes.map(({ close }) => close()));
  await Promise.all([cluster.stop(), database.onApplicationShutdown()]);
});

const here = () => processes[0]!;
const there = () => processes[1]!;
const entries = () => cluster.keys('cache:*');

describe('on a Redis Cluster', () => {
  it('one process finds what another has stored, whichever node has it, and no lease is left', async () => {
    const keys = Array.from({ length: MANY }, newId);
    for (const key of keys) await here().cache.get(books, key, async () => ({ title: key }));
    await eventually(async () => expect((await entries()).flat()).toHaveLength(MANY));

    const found = await Promise.all(keys.map((key) => there().cache.get(books, key, async () => null)));

    expect(found).toEqual(keys.map((title) => ({ title })));
    expect((await entries()).map((ofNode) => ofNode.length > 0)).toEqual([true, true, true]);
  });

  it('200 who ask two processes at the same time cause one load', async () => {
    const key = newId();
    let loads = 0;
    const load = async () => {
      loads++;
      await eventually(() => expect(asked).toHaveLength(200));
      return { title: 'once' };
    };
    const asked: Promise<Book | null>[] = [];
    for (let count = 0; count < 200; count++) asked.push(processes[count % 2]!.cache.get(books, key, load));

    expect(new Set((await Promise.all(asked)).map((book) => book?.title))).toEqual(new Set(['once']));
    expect(loads).toBe(1);
  });

  it('news of a change reaches the other process as a message, well before it next reads what changed', async () => {
    const hasHeard = async () => {
      const { place } = there().known;
      await here().cache.forget(books, newId());
      await eventually(() => expect(there().known.place).toBeGreaterThan(place), 150);
    };
    // It may not have subscribed yet.
    await eventually(hasHeard);

    for (let round = 0; round < 5; round++) await hasHeard();
  });

  it('a change makes both load anew', async () => {
    const key = newId();
    for (const { cache } of processes) await cache.get(books, key, async () => ({ title: 'old' }));

    await here().cache.forget(books, key);

    for (const { cache } of processes)
      await eventually(async () =>
        expect(await cache.get(books, key, async () => ({ title: 'new' }))).toEqual({ title: 'new' }),
      );
  });
});
