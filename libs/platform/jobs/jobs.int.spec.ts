import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { eventually } from '../../../test/eventually.ts';
import { newId } from '../kernel/ids.js';
import { defineJob, type JobContext, type JobDefinition } from '../kernel/jobs.js';
import { DeadLetterNotFound } from './dead-letters.js';
import { JobHandlers } from './job-handlers.js';
import type { JobQueue } from './job-queue.js';
import { Relay } from './relay.js';
import { RunJob } from './run-job.js';
import { aWorker, handling } from './testing/running-worker.js';

type Payload = { key: string };
type Worker = Awaited<ReturnType<typeof aWorker>>;

const payload = z.object({ key: z.uuid() });
const record = defineJob({ name: 'tests.record', payload });
const fail = defineJob({ name: 'tests.fail', payload, attempts: 2 });
const unstable = defineJob({ name: 'tests.fail-once', payload });
const linger = defineJob({ name: 'tests.linger', payload });

const NEVER = new AbortController().signal;

const running: Worker[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

/** A worker whose handlers note each run, and leave a row behind: the effect that must happen once. */
async function setup(overrides: Record<string, string> = {}) {
  const runs: (Payload & Pick<JobContext, 'id' | 'attempt'>)[] = [];
  const lingering = { seen: 0, release: (): void => undefined };
  const released = new Promise<void>((resolve) => (lingering.release = resolve));
  const remember = (job: JobDefinition<Payload>, then: (context: JobContext) => Promise<void> = async () => undefined) =>
    handling(job, async ({ key }, context) => {
      runs.push({ key, id: context.id, attempt: context.attempt });
      await leaveEffect(worker, key);
      await then(context);
    });

  const worker = await aWorker(
    [
      remember(record),
      remember(fail, async () => Promise.reject(new Error('the password of ada@example.test is wrong'))),
      remember(unstable, async ({ attempt }) => void (attempt === 1 && (await Promise.reject(new Error('not yet'))))),
      remember(linger, async ({ signal }) => {
        lingering.seen++;
        await Promise.race([released, new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))]);
      }),
    ],
    overrides,
  );
  running.push(worker);
  const key = newId();
  return { worker, key, runs, lingering, ranFor: (of: string) => runs.filter((run) => run.key === of) };
}

/** Not unique on purpose: a second effect is a second row. */
const leaveEffect = (worker: Worker, key: string) =>
  worker.database.query({ name: 'tests.effect', text: `INSERT INTO idempotency_keys VALUES ($1, gen_random_uuid(), '', 0, '{}', '')` }, [key]);
const effects = async (worker: Worker, key: string) =>
  (await worker.database.query({ name: 'tests.effects', text: 'SELECT 1 FROM idempotency_keys WHERE principal_id = $1' }, [key])).length;
const openJob = async (worker: Worker, key: string) =>
  (await worker.database.query<{ id: string }>({ name: 'tests.open', text: `SELECT id FROM jobs WHERE payload ->> 'key' = $1` }, [key]))[0];
const openJobs = async (worker: Worker) =>
  (await worker.database.query<{ count: number }>({ name: 'tests.count-open', text: 'SELECT count(*) FROM jobs' }))[0]?.count;
const deadLetter = async (worker: Worker, key: string) => {
  const { items } = await worker.deadLetters.list({ limit: 100, after: null });
  return items.find((letter) => (letter.payload as Payload).key === key);
};

describe('a job', () => {
  it('is not there when the transaction that enqueued it rolls back', async () => {
    const { worker, key } = await setup();

    const placing = worker.database.transaction(async () => {
      await worker.jobs.enqueue(record, { key });
      throw new Error('rolled back');
    });

    await expect(placing).rejects.toThrow('rolled back');
    expect(await openJob(worker, key)).toBeUndefined();
  });

  it('runs soon after its transaction commits, and is then forgotten', async () => {
    const { worker, key, ranFor } = await setup();
    await worker.start();

    await worker.jobs.enqueue(record, { key });

    await eventually(async () => expect(await openJob(worker, key)).toBeUndefined());
    expect(ranFor(key)).toMatchObject([{ attempt: 1 }]);
    expect(await effects(worker, key)).toBe(1);
    await eventually(() => expect(worker.log.lines).toContainEqual(expect.objectContaining({ job: 'tests.record', outcome: 'done', attempt: 1 })));
  });

  it('is refused with a payload that its handler could not read', async () => {
    const { worker } = await setup();

    await expect(worker.jobs.enqueue(record, { key: 'not a uuid' })).rejects.toThrow(z.ZodError);
  });

  it('acts once though it is delivered twice at the same time', async () => {
    const { worker, key, ranFor } = await setup();
    await worker.jobs.enqueue(record, { key });
    const id = String((await openJob(worker, key))?.id);
    const deliver = () => worker.get(RunJob).execute({ id, name: record.name, attempt: 1, isLastAttempt: false, signal: NEVER });
    worker.get(JobHandlers).onModuleInit();

    const deliveries = await Promise.all([deliver(), deliver(), deliver()]);

    expect(deliveries.map(({ outcome }) => outcome).sort()).toEqual(['done', 'skipped', 'skipped']);
    expect(ranFor(key)).toHaveLength(1);
    expect(await effects(worker, key)).toBe(1);
  });

  it('is tried again after a failure, without the effects of the failed run', async () => {
    const { worker, key, ranFor } = await setup();
    await worker.start();

    await worker.jobs.enqueue(unstable, { key });

    await eventually(async () => expect(await openJob(worker, key)).toBeUndefined());
    expect(ranFor(key).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(new Set(ranFor(key).map(({ id }) => id)).size).toBe(1);
    expect(await effects(worker, key)).toBe(1);
  });

  it('goes back to the queue when the worker must stop before it is done, and another worker does it', async () => {
    const { worker, key, lingering } = await setup({ SHUTDOWN_TIMEOUT: '200' });
    await worker.start();
    await worker.jobs.enqueue(linger, { key });
    await eventually(() => expect(lingering.seen).toBe(1));

    await worker.stop();
    const other = await setup();
    other.lingering.release();
    await other.worker.start();

    // Sooner than a lock runs out: it was handed back, not just abandoned.
    await eventually(async () => expect(await openJob(other.worker, key)).toBeUndefined(), 4_000);
    expect(other.ranFor(key)).toMatchObject([{ attempt: 1 }]);
    expect(await effects(other.worker, key)).toBe(1);
  });
});

describe('a job that cannot be done', () => {
  it('becomes a dead letter after its attempts, with nothing secret in it', async () => {
    const { worker, key, ranFor } = await setup();
    await worker.start();

    await worker.jobs.enqueue(fail, { key });
    const letter = await eventually(async () => defined(await deadLetter(worker, key)));

    expect(letter).toMatchObject({ name: 'tests.fail', attempts: 2, error: 'Error: the password of [redacted] is wrong' });
    expect(ranFor(key)).toHaveLength(2);
    expect(await effects(worker, key)).toBe(0);
    expect(worker.log.lines).toContainEqual(expect.objectContaining({ level: 'error', job: 'tests.fail', outcome: 'dead', attempt: 2 }));
    expect(worker.log.text).not.toContain('ada@example.test');
  });

  it.each([
    ['its payload is unreadable', 'tests.record', 'UnreadableJob: The payload does not fit: key invalid_type.'],
    ['nobody handles it', 'tests.unknown', 'UnreadableJob: No handler for this job.'],
  ])('becomes a dead letter at once when %s', async (_, name, error) => {
    const { worker } = await setup();
    const id = newId();
    await worker.database.query({ name: 'tests.poison', text: `INSERT INTO jobs (id, name, payload) VALUES ($1, $2, '{"key": 7}')` }, [id, name]);

    await worker.start();

    const letter = await eventually(async () => {
      const { items } = await worker.deadLetters.list({ limit: 100, after: null });
      return defined(items.find((item) => item.id === id));
    });
    expect(letter).toMatchObject({ name, attempts: 1, error, payload: { key: 7 } });
  });

  it('is replayed once, under its old id', async () => {
    const { worker, key, ranFor } = await setup();
    await worker.jobs.enqueue(record, { key });
    const id = String((await openJob(worker, key))?.id);
    await worker.deadLetters.bury(id, 8, 'Error: no');
    await worker.start();

    const replays = await Promise.allSettled(Array.from({ length: 5 }, () => worker.deadLetters.replay(id)));

    expect(replays.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await eventually(async () => expect(await effects(worker, key)).toBe(1));
    expect(ranFor(key)).toMatchObject([{ id }]);
    await expect(worker.deadLetters.replay(id)).rejects.toThrow(DeadLetterNotFound);
  });

  it('is gone once it is discarded', async () => {
    const { worker, key } = await setup();
    await worker.jobs.enqueue(record, { key });
    const id = String((await openJob(worker, key))?.id);
    await worker.deadLetters.bury(id, 8, 'Error: no');

    await worker.deadLetters.discard(id);

    expect(await deadLetter(worker, key)).toBeUndefined();
    await expect(worker.deadLetters.discard(id)).rejects.toThrow(DeadLetterNotFound);
  });
});

describe('many jobs', () => {
  const enqueueMany = (worker: Worker, keys: readonly string[]) =>
    worker.database.transaction(async () => {
      for (const key of keys) await worker.jobs.enqueue(record, { key });
    });
  const someKeys = (count: number) => Array.from({ length: count }, newId);

  it('are published once each by relays that run side by side', async () => {
    const { worker } = await setup();
    const published: string[] = [];
    const listening = { reach: async () => undefined, publish: async (jobs: readonly { id: string }[]) => void published.push(...jobs.map(({ id }) => id)) };
    const relays = Array.from({ length: 4 }, () => new Relay(worker.database, listening as unknown as JobQueue));
    await enqueueMany(worker, someKeys(1_200));

    await Promise.all(relays.map(async (relay) => { while (await relay.publishBatch()); }));
    while (await relays[0]?.publishBatch());

    expect(published.length).toBeGreaterThanOrEqual(1_200);
    expect(new Set(published).size).toBe(published.length);
    await worker.database.query({ name: 'tests.forget', text: 'DELETE FROM jobs' });
  });

  it('stay unpublished when Redis fails on the way', async () => {
    const { worker, key } = await setup();
    const failing = { reach: async () => undefined, publish: () => Promise.reject(new Error('Command timed out')) };
    await worker.jobs.enqueue(record, { key });

    await expect(new Relay(worker.database, failing as unknown as JobQueue).publishBatch()).rejects.toThrow('Command timed out');

    const { id } = defined(await openJob(worker, key));
    const rows = await worker.database.query({ name: 'tests.published', text: 'SELECT published_at FROM jobs WHERE id = $1' }, [id]);
    expect(rows).toEqual([{ published_at: null }]);
  });

  it('are all done, once each, though Redis loses everything in between', async () => {
    const { worker, runs } = await setup();
    const keys = someKeys(300);
    await worker.start();
    await enqueueMany(worker, keys);
    await eventually(() => expect(runs.length).toBeGreaterThan(20));

    await worker.redis.flushdb();

    await eventually(async () => expect(await openJobs(worker)).toBe(0));
    const counts = await Promise.all(keys.map((key) => effects(worker, key)));
    expect(counts.filter((count) => count !== 1)).toEqual([]);
  }, 15_000);
});

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is none yet.');
  return value;
}
