import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { defineJob, type JobContext, type JobDefinition } from '../kernel/jobs/jobs.js';
import { newId } from '../kernel/values/ids.js';
import { JobPayloadTooLarge } from './outbox/outbox-jobs.js';
import { aWorker, handling } from './testing/running-worker.js';

type Payload = { key: string };
type Running = Awaited<ReturnType<typeof aWorker>>;

const payload = z.object({ key: z.string() });
const backoff = { firstSeconds: 0.05, longestSeconds: 0.1 };
const plain = defineJob({ name: 'options.plain', payload });
const single = defineJob({ name: 'options.single', payload, uniqueBy: ({ key }) => key });
const hurried = defineJob({ name: 'options.hurried', payload, timeoutSeconds: 0.2, attempts: 2, backoff });
const narrow = defineJob({ name: 'options.narrow', payload, concurrency: 2 });
const minor = defineJob({ name: 'options.minor', payload, priority: 5 });
const inTurn = defineJob({
  name: 'options.in-turn',
  payload,
  orderedBy: ({ key }) => key.split('/')[0] ?? '',
  backoff,
});
const JOBS = [plain, single, hurried, narrow, minor, inTurn];

const workers: Running[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** A worker that hands every run to `handle`, whatever the job. */
async function setup(handle: (key: string, context: JobContext, job: string) => unknown = () => undefined) {
  const worker = await aWorker(
    JOBS.map((job: JobDefinition<Payload>) =>
      handling(job, async ({ key }, context) => void (await handle(key, context, job.name))),
    ),
  );
  workers.push(worker);
  return worker;
}

const openJobs = async ({ database }: Running, job: JobDefinition<Payload>) =>
  database.client.job.count({ where: { name: job.name } });
const allDone = (worker: Running, job: JobDefinition<Payload>) =>
  eventually(async () => expect(await openJobs(worker, job)).toBe(0));

function aGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('a payload', () => {
  it('of more than 64 KiB is refused when it is enqueued', async () => {
    const worker = await setup();
    const fits = 'x'.repeat(64 * 1_024 - '{"key":""}'.length);

    expect(await worker.jobs.enqueue(plain, { key: fits })).toBe('enqueued');
    await expect(worker.jobs.enqueue(plain, { key: `${fits}x` })).rejects.toThrow(JobPayloadTooLarge);
    await expect(worker.jobs.enqueue(plain, { key: 'ü'.repeat(40_000) })).rejects.toThrow(JobPayloadTooLarge);
    await worker.start();
    await allDone(worker, plain);
  });
});

describe('a job that is unique by a key', () => {
  it('is dropped while another one with the key is open, even at work, and says so', async () => {
    const { open, opened } = aGate();
    const runs: string[] = [];
    const worker = await setup((key) => {
      runs.push(key);
      return opened;
    });
    const enqueue = (key: string) => worker.jobs.enqueue(single, { key });

    const first = [await enqueue('a'), await enqueue('a'), await enqueue('b')];
    await worker.start();
    await eventually(() => expect(runs.toSorted()).toEqual(['a', 'b']));
    const atWork = await enqueue('a');
    open();
    await allDone(worker, single);
    const afterwards = await enqueue('a');
    await allDone(worker, single);

    expect([first, atWork, afterwards]).toEqual([['enqueued', 'dropped', 'enqueued'], 'dropped', 'enqueued']);
    expect(runs.toSorted()).toEqual(['a', 'a', 'b']);
  });

  it('is enqueued once by two who enqueue it at the same moment', async () => {
    const worker = await setup();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        worker.database.transaction(() => worker.jobs.enqueue(single, { key: 'at once' })),
      ),
    );

    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'dropped'), 'enqueued']);
    await worker.start();
    await allDone(worker, single);
  });

  it('is as good as never enqueued when its transaction rolls back', async () => {
    const worker = await setup();

    await worker.database
      .transaction(async () => {
        await worker.jobs.enqueue(single, { key: 'rolled back' });
        throw new Error('no');
      })
      .catch(() => undefined);

    expect(await worker.jobs.enqueue(single, { key: 'rolled back' })).toBe('enqueued');
    await worker.start();
    await allDone(worker, single);
  });
});

describe('a job with a start', () => {
  it('waits for it, and holds up none that has none', async () => {
    const startedAt = new Map<string, number>();
    const worker = await setup((key) => startedAt.set(key, Date.now()));
    const at = new Date(Date.now() + 1_500);
    await worker.start();

    await worker.jobs.enqueue(plain, { key: 'at' }, { at });
    await worker.jobs.enqueue(plain, { key: 'after' }, { afterSeconds: 1.5 });
    await worker.jobs.enqueue(plain, { key: 'past' }, { at: new Date(0) });
    await worker.jobs.enqueue(plain, { key: 'now' });
    await eventually(() => expect([...startedAt.keys()].toSorted()).toEqual(['now', 'past']));
    await allDone(worker, plain);

    expect(startedAt.get('now')).toBeLessThan(at.getTime());
    expect(startedAt.get('at')).toBeGreaterThanOrEqual(at.getTime());
    expect(startedAt.get('after')).toBeGreaterThanOrEqual(at.getTime());
  });
});

describe('a job that takes longer than its time', () => {
  it('is aborted and has failed, and its attempts come to an end', async () => {
    const reasons: unknown[] = [];
    const worker = await setup(
      (_key, { signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            reasons.push((signal.reason as Error).name);
            reject(signal.reason as Error);
          }),
        ),
    );
    await worker.start();

    await worker.jobs.enqueue(hurried, { key: newId() });
    await allDone(worker, hurried);

    const { items } = await worker.deadLetters.list({ limit: 1, after: null }, hurried.name);
    expect(items).toMatchObject([{ attempts: 2, error: 'JobTimedOut: It was not done within 0.2 s.' }]);
    expect(reasons).toEqual(['JobTimedOut', 'JobTimedOut']);
  });

  it('is not waited for when it takes no notice, and what it still asks of its transaction is refused', async () => {
    const { open, opened } = aGate();
    const late: unknown[] = [];
    const worker = await setup(async (key) => {
      await opened;
      await worker.database
        .query({ name: 'tests.late', text: 'SELECT $1' }, [key])
        .catch((e: Error) => late.push(e.name));
    });
    await worker.start();

    await worker.jobs.enqueue(hurried, { key: newId() });
    await allDone(worker, hurried);
    open();

    await eventually(() => expect(late).toEqual(['TransactionIsOver', 'TransactionIsOver']));
  });
});

describe('a job of which only so many may run', () => {
  it('keeps to that over all workers, and loses no attempt by waiting', async () => {
    let [running, most] = [0, 0];
    const attempts = new Set<number>();
    const { open, opened } = aGate();
    const handle = async (_key: string, { attempt }: JobContext) => {
      attempts.add(attempt);
      most = Math.max(most, ++running);
      await opened;
      running--;
    };
    const [one, other] = [await setup(handle), await setup(handle)];
    await Promise.all([one.start(), other.start()]);

    for (let i = 0; i < 6; i++) await one.jobs.enqueue(narrow, { key: String(i) });
    await eventually(async () => {
      expect(running).toBe(2);
      expect(await one.redis.zcard('{queue}:jobs:delayed')).toBe(4);
    });
    open();
    await allDone(one, narrow);

    expect([most, [...attempts]]).toEqual([2, [1]]);
  });
});

describe('a job with a priority', () => {
  it('comes after all that have a lower number', async () => {
    const order: string[] = [];
    const worker = await aWorker(
      JOBS.map((job: JobDefinition<Payload>) => handling(job, async () => void order.push(job.name))),
      { JOBS_CONCURRENCY: '1' },
    );
    workers.push(worker);
    await worker.database.transaction(async () => {
      for (const job of [minor, plain, minor, plain]) await worker.jobs.enqueue(job, { key: 'x' });
    });

    await worker.start();
    await allDone(worker, minor);

    expect(order).toEqual([plain.name, plain.name, minor.name, minor.name]);
  });
});

describe('jobs in the order of a key', () => {
  it('run one after the other, also when one of them fails at first, and hold up no other key', async () => {
    const done: string[] = [];
    const worker = await setup((key, { attempt }) => {
      if (key === 'a/1' && attempt < 3) throw new Error('not yet');
      done.push(key);
    });
    await worker.database.transaction(async () => {
      for (const key of ['a/1', 'a/2', 'b/1', 'a/3', 'b/2']) await worker.jobs.enqueue(inTurn, { key });
    });

    await worker.start();
    await allDone(worker, inTurn);

    expect(done.filter((key) => key.startsWith('a'))).toEqual(['a/1', 'a/2', 'a/3']);
    expect(done.filter((key) => key.startsWith('b'))).toEqual(['b/1', 'b/2']);
    expect(done.indexOf('b/1')).toBeLessThan(done.indexOf('a/1'));
  });
});

describe('a job that no handler of this worker is for', () => {
  const enqueueUnknown = async ({ database, queue }: Running) => {
    const id = newId();
    await database.client.job.create({ data: { id, name: 'newer.job', payload: { key: 'x' } } });
    await queue.publish([{ id, name: 'newer.job', traceparent: null }]);
    return id;
  };

  it('is offered again, without an attempt, until a worker comes that knows it', async () => {
    const attempts: number[] = [];
    const worker = await setup((_key, { attempt }) => attempts.push(attempt));
    await worker.start();
    const id = await enqueueUnknown(worker);
    await eventually(async () => expect(await worker.redis.zscore('{queue}:jobs:delayed', id)).not.toBeNull());

    // A name that it does know: as if a newer worker had taken the place of this one.
    await worker.database.client.job.update({ where: { id }, data: { name: plain.name } });

    await eventually(() => expect(attempts).toEqual([1]));
  });

  it('becomes a dead letter that says so, once no worker has known it for long', async () => {
    const worker = await setup();
    await worker.start();

    const id = await enqueueUnknown(worker);

    await eventually(async () => {
      const { items } = await worker.deadLetters.list({ limit: 100, after: null });
      const letter = items.find((each) => each.id === id);
      expect(letter).toMatchObject({
        attempts: 0,
        error: expect.stringMatching(/^Error: No worker has known this job/),
      });
    });
  });
});
