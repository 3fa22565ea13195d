import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { JobQueue, OpenJob } from '../queue/job-queue.js';
import { MARKER_KEY } from '../reconciliation/outbox-reconciler.js';
import { aRecordingWorker, type RecordingWorker, record } from '../testing/recording-worker.js';
import { Relay } from './relay.js';

const workers: RecordingWorker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

async function setup() {
  const worker = await aRecordingWorker();
  workers.push(worker);
  const relayTo = (queue: Partial<JobQueue>) =>
    new Relay(worker.database, { countWaiting: async () => 0, ...queue } as JobQueue);
  const whenAllAreDone = async (keys: readonly string[]) => {
    await eventually(async () => expect(await worker.countOpen()).toBe(0));
    return Promise.all(keys.map((key) => worker.effects(key)));
  };
  return { ...worker, relayTo, whenAllAreDone };
}

const publishAll = async (relay: Relay) => {
  while (await relay.publishBatch());
};

describe('Relay', () => {
  it('publishes each job once, however many relays there are', async () => {
    const { relayTo, enqueueMany, database } = await setup();
    const published: string[] = [];
    const publish = async (jobs: readonly OpenJob[]) => void published.push(...jobs.map(({ id }) => id));
    const relays = Array.from({ length: 4 }, () => relayTo({ publish }));
    await enqueueMany(1_200);

    await Promise.all(relays.map(publishAll));
    await Promise.all(relays.map(publishAll));

    expect(published.length).toBeGreaterThanOrEqual(1_200);
    expect(new Set(published).size).toBe(published.length);
    await database.query({ name: 'tests.forget', text: 'DELETE FROM jobs' });
  });

  it('leaves jobs in Postgres while enough of them wait in Redis', async () => {
    const { relayTo, enqueueOne, openJob } = await setup();
    const { key } = await enqueueOne(record);
    let waiting = 2_000;
    const relay = relayTo({ publish: async () => undefined, countWaiting: async () => waiting });

    const hasMore = await relay.publishBatch();
    expect([hasMore, (await openJob(key))?.publishedAt]).toEqual([true, null]);

    waiting = 1_999;
    await relay.publishBatch();
    expect((await openJob(key))?.publishedAt).toBeInstanceOf(Date);
  });

  it('takes what is urgent past what has waited longer', async () => {
    const { relayTo, enqueueOne, openJob, database } = await setup();
    await database.query({
      name: 'tests.enqueue-patient',
      text: `INSERT INTO jobs (id, name, payload, priority) SELECT gen_random_uuid(), 'tests.record', '{}', 5 FROM generate_series(1, 600)`,
    });
    const { key } = await enqueueOne(record);

    await relayTo({ publish: async () => undefined }).publishBatch();

    expect((await openJob(key))?.publishedAt).toBeInstanceOf(Date);
    await database.query({ name: 'tests.forget', text: 'DELETE FROM jobs' });
  });

  it('reads no more of a backlog than it takes, also of one that Postgres has no statistics of yet', async () => {
    const { relayTo, database } = await setup();
    await database.query({ name: 'tests.count', text: 'ANALYZE jobs' });
    await database.query({
      name: 'tests.enqueue-backlog',
      text: `INSERT INTO jobs (id, name, payload) SELECT gen_random_uuid(), 'tests.record', '{}' FROM generate_series(1, 20000)`,
    });
    const read = {
      name: 'tests.rows-read',
      text: `SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'jobs'`,
    };
    let rows: number | undefined;

    await relayTo({
      publish: async () => {
        rows = (await database.query<{ rows: number }>(read))[0]?.rows;
      },
    }).publishBatch();

    expect(rows).toBeLessThan(2_000);
    await database.query({ name: 'tests.forget', text: 'DELETE FROM jobs' });
  });

  it.each([
    ['is away', { countWaiting: () => Promise.reject(new Error('Redis is away')) }],
    ['fails on the way', { publish: () => Promise.reject(new Error('Command timed out')) }],
  ])('leaves jobs unpublished when Redis %s', async (_, failing: Partial<JobQueue>) => {
    const { relayTo, enqueueOne, openJob } = await setup();
    const { key } = await enqueueOne(record);

    await expect(relayTo(failing).publishBatch()).rejects.toThrow();

    expect(await openJob(key)).toMatchObject({ publishedAt: null });
  });
});

describe('jobs that Redis has lost', () => {
  it('are all done, once each, when it was emptied on the way', async () => {
    const { start, enqueueMany, runs, redis, whenAllAreDone } = await setup();
    await start();
    const keys = await enqueueMany(300);
    await eventually(() => expect(runs.length).toBeGreaterThan(20));

    await redis.flushdb();

    expect((await whenAllAreDone(keys)).filter((count) => count !== 1)).toEqual([]);
  });

  it('are all done, once each, when it came back with an older snapshot', async () => {
    const { start, enqueueMany, redis, queue, relayTo, whenAllAreDone } = await setup();
    await redis.connect();
    const keys = await enqueueMany(50);
    await publishAll(relayTo({ publish: async () => undefined }));
    await redis.set(MARKER_KEY, 'the run before');
    expect(await queue.bullmq.getWaitingCount()).toBe(0);

    await start();

    expect((await whenAllAreDone(keys)).filter((count) => count !== 1)).toEqual([]);
  });
});
