import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { patience } from '#platform/testing/waiting/patience.js';
import { newId } from '../kernel/values/ids.js';
import { withRequest } from '../request/current-request.js';
import { aBook, books, ofProcess, ofRequest, withMissing } from './testing/books.js';
import { cacheProcesses } from './testing/processes.js';
import { aSource } from './testing/sources.js';

Logger.overrideLogger(false);

const { aProcess } = cacheProcesses();

describe('an entry', () => {
  it('is loaded once, and found again in this process and in another one', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const key = newId();
    const { source, load } = aSource();

    const found = [];
    for (const { cache } of [here, here, there, there]) found.push(await cache.get(books, key, load));

    expect(found).toEqual([aBook(), aBook(), aBook(), aBook()]);
    expect(source.loads).toBe(1);
    expect(here.counts.of(books)).toMatchObject({ missed: 1, process: 1, redis: 0 });
    expect(there.counts.of(books)).toMatchObject({ missed: 0, process: 1, redis: 1 });
  });

  it('cannot be changed by its reader', async () => {
    const { cache } = await aProcess();
    const book = (await cache.get(books, newId(), async () => aBook())) as { title: string };

    expect(() => (book.title = 'changed')).toThrow(TypeError);
  });

  it('of a process stays in it', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const key = newId();
    const { source, load } = aSource();

    for (const { cache } of [here, here, there]) await cache.get(ofProcess, key, load);

    expect(source.loads).toBe(2);
    expect(await here.redis.exists(`cache:{tests.books-of-process:${key}}`)).toBe(0);
  });

  it('of a request ends with it', async () => {
    const { cache, counts } = await aProcess();
    const key = newId();
    const { source, load } = aSource();
    const ask = () => cache.get(ofRequest, key, load);
    const aRequest = () => ({}) as Parameters<typeof withRequest>[0];

    await withRequest(aRequest(), async () => [await ask(), await ask()]);
    await Promise.all([withRequest(aRequest(), ask), withRequest(aRequest(), ask)]);
    await ask();

    expect(source.loads).toBe(4);
    expect(counts.of(ofRequest)).toMatchObject({ request: 1, missed: 3 });
  });

  it('ends by itself, up to a tenth earlier than it says', async () => {
    const { cache, layers } = await aProcess();
    const keys = Array.from({ length: 20 }, newId);
    const startedAt = Date.now();

    for (const key of keys) await cache.get(ofProcess, key, async () => aBook());

    const lives = keys.map(
      (key) => layers.process.entries.get(`tests.books-of-process:${key}`)!.freshUntil - startedAt,
    );
    expect(Math.min(...lives)).toBeGreaterThanOrEqual(54_000);
    expect(Math.max(...lives)).toBeLessThan(60_000 + patience(1_000));
    expect(new Set(lives).size).toBeGreaterThan(10);
  });

  it('is remembered not to be there only where that is wanted', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const key = newId();
    const { source, load } = aSource(() => null);

    for (const { cache } of [here, here, there]) expect(await cache.get(withMissing, key, load)).toBeNull();
    expect(source.loads).toBe(1);
    for (const { cache } of [here, here, there]) expect(await cache.get(books, key, load)).toBeNull();

    expect(source.loads).toBe(4);
  });

  it('is not there any more to be missed once somebody has made it', async () => {
    const { cache } = await aProcess();
    const key = newId();
    await cache.get(withMissing, key, async () => null);

    await cache.forget(withMissing, key);

    expect(await cache.get(withMissing, key, async () => aBook())).toEqual(aBook());
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['no entry', '{"title":"first"}'],
    ['the snapshot of nobody', '{"snapshot":"x","freshUntil":9e15,"staleUntil":9e15,"value":null}'],
    ['what another release stored', '{"snapshot":"9:9:","freshUntil":9e15,"staleUntil":9e15,"value":{"name":"first"}}'],
  ])('in Redis that is %s is loaded anew', async (_, text) => {
    const { cache, redis } = await aProcess();
    const key = newId();
    await redis.set(`cache:{tests.books:${key}}`, text);

    expect(await cache.get(books, key, async () => aBook())).toEqual(aBook());
  });

  it('that is too large is kept nowhere', async () => {
    const { cache, layers, redis } = await aProcess();
    const key = newId();

    await cache.get(books, key, async () => aBook('x'.repeat(1_100_000)));

    expect(layers.process.entries.get(`tests.books:${key}`)).toBeUndefined();
    expect(await redis.exists(`cache:{tests.books:${key}}`)).toBe(0);
  });

  it('makes place for others: memory is bounded', async () => {
    const { cache, layers } = await aProcess();

    for (let count = 0; count < 40; count++)
      await cache.get(ofProcess, newId(), async () => aBook('x'.repeat(900_000)));

    expect(layers.process.entries.calculatedSize).toBeLessThanOrEqual(16 * 1_048_576);
    expect(layers.process.entries.size).toBeGreaterThan(10);
  });
});
