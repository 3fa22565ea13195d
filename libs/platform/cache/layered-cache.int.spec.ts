import { AsyncResource } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import type { Database } from '../database/database.js';
import { type CacheDefinition, cachedDate, defineCache } from '../kernel/cache/cache.js';
import { newId } from '../kernel/values/ids.js';
import { withRequest } from '../request/current-request.js';
import { testCache } from '../testing/test-cache.js';
import { testDatabase } from '../testing/test-database.js';

const NOBODY_LISTENS = 'redis://127.0.0.1:1';
/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;

Logger.overrideLogger(false);

type Book = Readonly<{ title: string; printedAt: Date }>;
const PRINTED_AT = new Date('2030-01-01T12:00:00Z');
const aBook = (title = 'first'): Book => ({ title, printedAt: PRINTED_AT });

const value = z.object({ title: z.string(), printedAt: cachedDate });
const defineBooks = (name: string, more: Partial<CacheDefinition<Book>> = {}) =>
  defineCache<Book>({ name: `tests.${name}`, value, ttlSeconds: 60, ...more });

const books = defineBooks('books', { tags: (key) => [`shelf:${key.split('/', 1)[0]}`] });
const ofProcess = defineBooks('books-of-process', { sharedBy: 'process' });
const ofRequest = defineBooks('books-of-request', { sharedBy: 'request' });
const shortLived = defineBooks('short-lived', { ttlSeconds: 0.05, graceSeconds: 60 });
const shortLivedHere = defineBooks('short-lived-here', { ttlSeconds: 0.05, graceSeconds: 60, sharedBy: 'process' });
const withoutGrace = defineBooks('without-grace', { ttlSeconds: 0.05 });
const withMissing = defineBooks('with-missing', { missingSeconds: 60 });

/** Nobody's transaction is going on there. */
const elsewhere = new AsyncResource('elsewhere');

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
const closing: (() => unknown)[] = [database, otherDatabase].map((each) => () => each.onApplicationShutdown());
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

type Servers = Readonly<{ redisUrl?: string | undefined; postgres?: Database }>;

/** What every process holds, connected to the same Postgres and, unless told otherwise, the same Redis. */
async function aProcess({ redisUrl = process.env.REDIS_URL, postgres = database }: Servers = {}) {
  const { close, ...parts } = await testCache(postgres, { REDIS_URL: redisUrl });
  closing.push(close);
  return parts;
}
type Process = Awaited<ReturnType<typeof aProcess>>;

/** What is to be cached, and how often it was asked for. */
function aSource(answer: () => Promise<Book | null> | Book | null = aBook) {
  const source = { loads: 0, answer };
  const load = async () => {
    source.loads++;
    return source.answer();
  };
  return { source, load };
}

/** Answers when it is told to. */
function aSlowSource() {
  const [asked, delivery] = [Promise.withResolvers<void>(), Promise.withResolvers<Book>()];
  const { source, load } = aSource(() => {
    asked.resolve();
    return delivery.promise;
  });
  return { source, load, asked: asked.promise, deliver: delivery.resolve };
}

/** Until both hear each other: subscribing takes a moment, and what is published before is what the readings are for. */
async function connected(here: Process, there: Process): Promise<void> {
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

const fail = async (): Promise<never> => {
  throw new Error('away');
};

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

describe('200 who ask at the same time', () => {
  it('in two processes cause one load', async () => {
    const processes = [await aProcess(), await aProcess()];
    const key = newId();
    const { source, load, asked, deliver } = aSlowSource();

    const answers = Array.from({ length: 200 }, (_, index) => processes[index % 2]!.cache.get(books, key, load));
    await asked;
    deliver(aBook());

    expect(new Set((await Promise.all(answers)).map((book) => book?.title))).toEqual(new Set(['first']));
    expect(source.loads).toBe(1);
    const outcomes = processes.flatMap(({ counts }) => Object.values(counts.of(books)));
    expect(processes.map(({ counts }) => counts.of(books).missed).sort()).toEqual([0, 1]);
    expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it('cause one load again after a change that both processes have heard of', async () => {
    const processes = [await aProcess(), await aProcess()];
    const [here, there] = processes as [Process, Process];
    await connected(here, there);
    const key = newId();
    await Promise.all(processes.map(({ cache }) => cache.get(books, key, async () => aBook('old'))));
    const { place } = there.known;
    await here.cache.forget(books, key);
    await eventually(() => expect(there.known.place).toBeGreaterThan(place));
    const { source, load } = aSource(() => aBook('new'));

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => processes[index % 2]!.cache.get(books, key, load)),
    );

    expect(new Set(answers.map((book) => book?.title))).toEqual(new Set(['new']));
    expect(source.loads).toBe(1);
  });

  it.each([
    ['everybody', books],
    ['one process', ofProcess],
  ])('after a change wait for the reading that began after it: shared by %s', async (_, definition) => {
    const { cache } = await aProcess();
    const key = newId();
    await cache.get(definition, key, async () => aBook('old'));
    await cache.forget(definition, key);
    const { source, load, asked, deliver } = aSlowSource();

    const first = cache.get(definition, key, load);
    await asked;
    const others = Array.from({ length: 10 }, () => cache.get(definition, key, load));
    deliver(aBook('new'));

    expect((await Promise.all([first, ...others])).map((book) => book?.title)).toEqual(Array(11).fill('new'));
    expect(source.loads).toBe(1);
  });

  it('hear of it when loading fails, and the next one tries again', async () => {
    const processes = [await aProcess(), await aProcess()];
    const key = newId();

    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => processes[index % 2]!.cache.get(books, key, fail)),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(await processes[0]!.cache.get(books, key, async () => aBook())).toEqual(aBook());
  });

  it('do not wait for ever for a process that died while it loaded', async () => {
    const { cache, redis } = await aProcess();
    const key = newId();
    await redis.set(`cache:{tests.books:${key}}:lease`, 'of the dead', 'PX', 300);

    expect(await cache.get(books, key, async () => aBook())).toEqual(aBook());
  });
});

describe('a change', () => {
  it('is seen by readers after its commit, and not before', async () => {
    const { cache } = await aProcess();
    const key = newId();
    const { source, load } = aSource(() => aBook('old'));
    await cache.get(books, key, load);
    source.answer = () => aBook('new');
    const seen: unknown[] = [];

    await database.transaction(async () => {
      await cache.forget(books, key);
      await database.query({ name: 'tests.nothing', text: 'SELECT' });
      seen.push(await elsewhere.runInAsyncScope(() => cache.get(books, key, load)));
    });
    seen.push(await cache.get(books, key, load));

    expect(seen).toMatchObject([{ title: 'old' }, { title: 'new' }]);
    expect(source.loads).toBe(2);
  });

  it('that is rolled back makes nobody load anew', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const key = newId();
    const { source, load } = aSource();
    await Promise.all([here, there].map(({ cache }) => cache.get(books, key, load)));

    const change = database.transaction(async () => {
      await here.cache.forget(books, key);
      throw new Error('no');
    });
    await expect(change).rejects.toThrow('no');
    await Promise.all([here, there].map(({ cache }) => cache.get(books, key, load)));

    expect(source.loads).toBe(1);
    expect(await changesOf(`tests.books:${key}`)).toBe(0);
  });

  it('inside its own transaction is seen, and nothing of it is kept', async () => {
    const { cache } = await aProcess();
    const key = newId();
    const inside: unknown[] = [];

    await database.transaction(async () => {
      inside.push(await cache.get(books, key, async () => aBook('not committed')));
      inside.push(await cache.get(books, key, async () => aBook('not committed either')));
    });

    expect(inside).toMatchObject([{ title: 'not committed' }, { title: 'not committed either' }]);
    expect(await cache.get(books, key, async () => aBook('committed'))).toMatchObject({ title: 'committed' });
  });

  it('reaches another process as soon as Redis has passed it on', async () => {
    const [here, there] = [await aProcess(), await aProcess({ postgres: otherDatabase })];
    await connected(here, there);
    const key = newId();
    await there.cache.get(books, key, async () => aBook('old'));

    const startedAt = performance.now();
    await here.cache.forget(books, key);

    await eventually(async () =>
      expect(await there.cache.get(books, key, async () => aBook('new'))).toMatchObject({ title: 'new' }),
    );
    expect(performance.now() - startedAt).toBeLessThan(patience(300));
  });

  it('reaches another process within a second when no message can arrive, whether it asks Redis or not', async () => {
    // It reads what is in Redis, and hears nothing: the channel is another server's.
    const [here, there] = [await aProcess({ redisUrl: NOBODY_LISTENS }), await aProcess({ postgres: otherDatabase })];
    const key = newId();
    await Promise.all([books, ofProcess].map((cache) => there.cache.get(cache, key, async () => aBook('old'))));

    const startedAt = performance.now();
    await Promise.all([books, ofProcess].map((cache) => here.cache.forget(cache, key)));

    await eventually(async () => {
      for (const cache of [books, ofProcess])
        expect(await there.cache.get(cache, key, async () => aBook('new'))).toMatchObject({ title: 'new' });
    });
    expect(performance.now() - startedAt).toBeLessThan(patience(LESS_THAN_A_SECOND_MS));
  });

  it('holds for a process that starts later and finds in Redis what was stored before it', async () => {
    const here = await aProcess();
    const key = newId();
    await here.cache.get(books, key, async () => aBook('old'));
    const stored = await eventually(async () => {
      const text = await here.redis.get(`cache:{tests.books:${key}}`);
      expect(text).not.toBeNull();
      return text as string;
    });
    await here.cache.forget(books, key);
    const late = await aProcess();
    await here.redis.set(`cache:{tests.books:${key}}`, stored);

    expect(await late.cache.get(books, key, async () => aBook('new'))).toMatchObject({ title: 'new' });
  });

  it('is not undone by what was read before it and arrives after it', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const key = newId();
    const { load, asked, deliver } = aSlowSource();

    const reading = here.cache.get(books, key, load);
    await asked;
    await here.cache.forget(books, key);
    deliver(aBook('old'));

    expect(await reading).toMatchObject({ title: 'old' });
    expect(await here.cache.get(books, key, async () => aBook('new'))).toMatchObject({ title: 'new' });
    await eventually(async () =>
      expect(await there.cache.get(books, key, async () => aBook('new'))).toMatchObject({ title: 'new' }),
    );
  });

  it('is seen at once by readers after it, also while an older reading is under way', async () => {
    const { cache } = await aProcess();
    const key = newId();
    const { load, asked, deliver } = aSlowSource();
    const older = cache.get(ofProcess, key, load);
    await asked;
    await cache.forget(ofProcess, key);

    expect(await cache.get(ofProcess, key, async () => aBook('new'))).toMatchObject({ title: 'new' });

    deliver(aBook('old'));
    await older;
    expect(await cache.get(ofProcess, key, async () => aBook('newer'))).toMatchObject({ title: 'new' });
  });

  it('of a tag is about everything that has it, and about nothing else', async () => {
    const { cache } = await aProcess();
    const [shelf, other] = [newId(), newId()];
    const keys = [`${shelf}/1`, `${shelf}/2`, `${other}/1`];
    for (const key of keys) await cache.get(books, key, async () => aBook('old'));

    await cache.forgetTagged(`shelf:${shelf}`);

    const found = await Promise.all(keys.map((key) => cache.get(books, key, async () => aBook('new'))));
    expect(found.map((book) => book?.title)).toEqual(['new', 'new', 'old']);
  });

  it('is recorded for no longer than it is needed', async () => {
    const { cache } = await aProcess();
    const key = newId();

    await database.transaction(async () => {
      await cache.forget(books, key);
      await cache.forget(books, key);
    });

    expect(await changesOf(`tests.books:${key}`)).toBe(1);
  });
});

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
    closing.push(() => proxy.close());
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

async function changesOf(tag: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    { name: 'tests.changes', text: 'SELECT count(*) FROM cache_changes WHERE tag = $1' },
    [tag],
  );
  return row?.count ?? 0;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
