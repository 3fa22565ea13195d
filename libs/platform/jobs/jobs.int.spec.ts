import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { newId } from '../kernel/values/ids.js';
import { Relay } from './outbox/relay.js';
import { JobHandlers } from './run/job-handlers.js';
import { JobTransaction } from './run/job-transaction.js';
import { aRecordingWorker, failOnce, linger, type RecordingWorker, record } from './testing/recording-worker.js';

const NEVER = new AbortController().signal;

const workers: RecordingWorker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

async function setup(overrides: Record<string, string> = {}): Promise<RecordingWorker> {
  const worker = await aRecordingWorker(overrides);
  workers.push(worker);
  return worker;
}

describe('a job', () => {
  it('is not there when the transaction that enqueued it rolls back', async () => {
    const { database, jobs, openJob } = await setup();
    const key = newId();

    const placing = database.transaction(async () => {
      await jobs.enqueue(record, { key });
      throw new Error('rolled back');
    });

    await expect(placing).rejects.toThrow('rolled back');
    expect(await openJob(key)).toBeUndefined();
  });

  it('is refused with a payload that its handler could not read', async () => {
    const { jobs } = await setup();

    await expect(jobs.enqueue(record, { key: 'not a uuid' })).rejects.toThrow(z.ZodError);
  });

  it('runs soon after its transaction commits, and is then forgotten', async () => {
    const { start, enqueueOne, openJob, runsFor, effects, log } = await setup();
    await start();

    const { key } = await enqueueOne(record);

    await eventually(async () => expect(await openJob(key)).toBeUndefined());
    expect(runsFor(key)).toMatchObject([{ attempt: 1 }]);
    expect(await effects(key)).toBe(1);
    const line = { level: 'info', job: 'tests.record', outcome: 'done', attempt: 1 };
    await eventually(() => expect(log.lines).toContainEqual(expect.objectContaining(line)));
  });

  it('acts once though it is delivered several times at once', async () => {
    const { enqueueOne, get, runsFor, effects } = await setup();
    const { key, id } = await enqueueOne(record);
    get(JobHandlers).onModuleInit();
    const deliver = () => get(JobTransaction).execute({ id, attempt: 1, signal: NEVER });

    const deliveries = await Promise.all([deliver(), deliver(), deliver()]);

    expect(deliveries.map(({ outcome }) => outcome).sort()).toEqual(['done', 'skipped', 'skipped']);
    expect(runsFor(key)).toHaveLength(1);
    expect(await effects(key)).toBe(1);
  });

  it('is tried again after a failure, under the same id and without the effects of the failed run', async () => {
    const { start, enqueueOne, openJob, runsFor, effects } = await setup();
    await start();

    const { key, id } = await enqueueOne(failOnce);

    await eventually(async () => expect(await openJob(key)).toBeUndefined());
    expect(runsFor(key)).toMatchObject([
      { id, attempt: 1 },
      { id, attempt: 2 },
    ]);
    expect(await effects(key)).toBe(1);
  });

  it('goes back to the queue when the worker must stop before it is done, and another worker does it', async () => {
    const first = await setup({ SHUTDOWN_TIMEOUT: '200' });
    await first.start();
    const { key } = await first.enqueueOne(linger);
    await eventually(() => expect(first.runsFor(key)).toHaveLength(1));

    await first.stop();
    const second = await setup();
    second.release();
    await second.start();

    // Sooner than a lock runs out: it was handed back, not just abandoned.
    await eventually(async () => expect(await second.openJob(key)).toBeUndefined(), 4_000);
    expect(second.runsFor(key)).toMatchObject([{ attempt: 1 }]);
    expect(await second.effects(key)).toBe(1);
  });
});

describe('a job that is delivered again while it is at work, for longer than a lock is waited for', () => {
  let dying: AbortController;
  afterEach(() => dying.abort());

  /** One worker is in the middle of the job; another one has been given it as well, and has put it off. */
  async function twice() {
    const [first, second] = [await setup(), await setup({ DATABASE_LOCK_TIMEOUT: '100', LOG_LEVEL: 'debug' })];
    await second.redis.connect();
    await second.redis.flushdb();
    const { key, id } = await first.enqueueOne(linger);
    await new Relay(second.database, second.queue).publishBatch();
    first.get(JobHandlers).onModuleInit();
    dying = new AbortController();
    const working = first.get(JobTransaction).execute({ id, attempt: 1, signal: dying.signal });
    working.catch(() => undefined);
    await eventually(() => expect(first.runsFor(key)).toHaveLength(1));

    await second.start();
    await eventually(async () => expect(await second.redis.zscore('{queue}:jobs:delayed', id)).not.toBeNull());
    expect(await second.redis.hget(`{queue}:jobs:${id}`, 'atm')).toBeNull();
    const isDone = () => eventually(async () => expect(await second.openJob(key)).toBeUndefined());
    return { first, second, key, id, working, isDone };
  }

  it('is done once, and nobody is troubled', async () => {
    const { first, second, key, id, working, isDone } = await twice();

    first.release();

    expect(await working).toMatchObject({ outcome: 'done' });
    await isDone();
    expect([second.runsFor(key), await second.effects(key)]).toEqual([[], 1]);
    // Jobs that other files have left in this database are none of its business.
    const lines = () => second.log.lines.filter(({ job_id }) => job_id === id);
    await eventually(() => expect(lines()).toContainEqual(expect.objectContaining({ outcome: 'skipped' })));
    expect(lines().filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('is done by the other when the first one dies', async () => {
    const { second, key, working, isDone } = await twice();
    second.release();

    dying.abort();

    await expect(working).rejects.toThrow('aborted');
    await isDone();
    expect(second.runsFor(key)).toMatchObject([{ attempt: 1 }]);
    expect(await second.effects(key)).toBe(1);
  });
});
