// What it costs to find an entry in this process, a process of its own: through the cache, and in the library below it.
import { NestFactory } from '@nestjs/core';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { CacheModule } from '#platform/cache/cache.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import { loadEnv } from '#platform/config/load-env.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { Cache, defineCache } from '#platform/kernel/cache/cache.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { median } from '../measure/statistics.ts';
import { ownCpuTime } from './own-cpu-time.ts';

/** Microseconds of CPU for a hit. `again` is the bare library once more: what the machine makes of the same. */
export type CacheResult = Readonly<{ bare: number; again: number; cached: number }>;
export type CacheLoad = Readonly<{ environment: Readonly<Record<string, string>> }>;

const ENTRIES = 1_000;
const PASSES = 200;
const ROUNDS = 15;

const things = defineCache({
  name: 'bench.things',
  value: z.object({ name: z.string() }),
  ttlSeconds: 3_600,
  sharedBy: 'process',
  tags: (key) => [`shelf:${key}`],
});
const KEYS = Array.from({ length: ENTRIES }, (_, index) => `thing-${index}`);
const load = async (): Promise<{ name: string }> => ({ name: 'thing' });

process.on('message', (message: CacheLoad) => {
  void run(message).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ environment }: CacheLoad): Promise<CacheResult> {
  const platform = [ConfigModule.forRoot(loadEnv(environment)), DatabaseModule, RedisModule, CacheModule];
  const app = await NestFactory.createApplicationContext(
    { module: class Root {}, imports: platform },
    { logger: false },
  );
  const cache = app.get(Cache);
  const library = new LRUCache<string, object>({ max: ENTRIES });
  for (const key of KEYS) library.set(`bench.things:${key}`, { name: key });
  const find = async () => {
    for (const key of KEYS) if ((await cache.get(things, key, load)) === null) throw new Error('It is there.');
  };
  const findBare = async () => {
    // The name is part of it, and so is a promise: the caller of a cache waits.
    for (const key of KEYS)
      if ((await library.get(`bench.things:${key}`)) === undefined) throw new Error('It is there.');
  };
  await find();
  // Something else has changed since: the tags of each entry have to be compared.
  await cache.forgetTagged('shelf:of nobody');

  const rounds: CacheResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await ownCpuTime(ENTRIES * PASSES, () => repeat(findBare));
    const cached = await ownCpuTime(ENTRIES * PASSES, () => repeat(find));
    const again = await ownCpuTime(ENTRIES * PASSES, () => repeat(findBare));
    rounds.push({ bare, cached, again });
  }
  await app.close();
  const of = (name: keyof CacheResult) => median(rounds.map((round) => round[name]));
  return { bare: of('bare'), again: of('again'), cached: of('cached') };
}

async function repeat(work: () => Promise<void>): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) await work();
}
