import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { newId } from '../kernel/values/ids.js';
import { aBook, books, ofProcess } from './testing/books.js';
import { type CacheProcess, cacheProcesses, connected } from './testing/processes.js';
import { aSlowSource, aSource, fail } from './testing/sources.js';

Logger.overrideLogger(false);

const { aProcess } = cacheProcesses();

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
    const [here, there] = processes as [CacheProcess, CacheProcess];
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
