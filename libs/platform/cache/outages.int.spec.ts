import { Logger } from '@nestjs/common';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { newId } from '../kernel/values/ids.js';
import { aBook, books, shortLived, shortLivedHere, withoutGrace } from './testing/books.js';
import { cacheProcesses, NOBODY_LISTENS } from './testing/processes.js';
import { aSource, fail } from './testing/sources.js';

Logger.overrideLogger(false);

const { aProcess } = cacheProcesses();

describe('while loading fails', () => {
  it.each([
    ['in this process', shortLivedHere],
    ['in Redis', shortLived],
  ])('what is past its time, and unchanged, is given out for its grace: %s', async (where, definition) => {
    const here = await aProcess();
    const key = newId();
    await here.cache.get(definition, key, async () => aBook());
    const reader = where === 'in Redis' ? await aProcess() : here;
    await expired();

    expect(await reader.cache.get(definition, key, fail)).toEqual(aBook());

    const { source, load } = aSource();
    expect(await reader.cache.get(definition, key, load)).toEqual(aBook());
    // It is not tried again at once, by each who asks.
    expect(source.loads).toBe(0);
    expect(reader.counts.of(definition).stale).toBe(1);
  });

  it('nothing is given out that is known to have changed', async () => {
    const { cache } = await aProcess();
    const key = newId();
    await cache.get(shortLived, key, async () => aBook());

    await cache.forget(shortLived, key);

    await expect(cache.get(shortLived, key, fail)).rejects.toThrow('away');
  });

  it('nothing is given out that has no grace', async () => {
    const { cache } = await aProcess();
    const key = newId();
    await cache.get(withoutGrace, key, async () => aBook());
    await expired();

    await expect(cache.get(withoutGrace, key, fail)).rejects.toThrow('away');
  });
});

describe('while Redis', () => {
  it('is away, everything is served from below', async () => {
    const { cache } = await aProcess({ redisUrl: NOBODY_LISTENS });
    const key = newId();
    const { source, load } = aSource();

    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.get(books, key, load)));
    await cache.forget(books, key);
    await cache.get(books, key, load);

    expect(answers).toEqual(Array.from({ length: 20 }, aBook.bind(null, 'first')));
    expect(source.loads).toBe(2);
  });

  it('is frozen, one reading waits for it for a moment, and the next ones do not', async () => {
    const proxy = await cuttableProxy(String(process.env.REDIS_URL));
    onTestFinished(() => proxy.close());
    const { cache } = await aProcess({ redisUrl: proxy.url });
    await cache.get(books, newId(), async () => aBook());
    proxy.freeze();

    const first = await timeOf(() => cache.get(books, newId(), async () => aBook()));
    const later = await timeOf(async () => {
      for (let count = 0; count < 20; count++) await cache.get(books, newId(), async () => aBook());
    });

    expect(first).toBeLessThan(patience(500));
    expect(later).toBeLessThan(patience(100));
  });

  it('comes back empty, entries are stored again', async () => {
    const { cache, redis } = await aProcess();
    const key = newId();
    await cache.get(books, key, async () => aBook());
    await cache.forget(books, key);
    await redis.del(`cache:{tests.books:${key}}`);

    await cache.get(books, key, async () => aBook());

    await eventually(async () => expect(await redis.exists(`cache:{tests.books:${key}}`)).toBe(1));
  });
});

const expired = () => new Promise((resolve) => setTimeout(resolve, 60));

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
