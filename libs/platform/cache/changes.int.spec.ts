import { AsyncResource } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { newId } from '../kernel/values/ids.js';
import { aBook, books, ofProcess } from './testing/books.js';
import { cacheProcesses, connected, NOBODY_LISTENS } from './testing/processes.js';
import { aSlowSource, aSource } from './testing/sources.js';

/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;

Logger.overrideLogger(false);

const { aProcess, database, anotherDatabase } = cacheProcesses();
const otherDatabase = anotherDatabase();
/** Nobody's transaction is going on there. */
const elsewhere = new AsyncResource('elsewhere');

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

async function changesOf(tag: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    { name: 'tests.changes', text: 'SELECT count(*) FROM cache_changes WHERE tag = $1' },
    [tag],
  );
  return row?.count ?? 0;
}
