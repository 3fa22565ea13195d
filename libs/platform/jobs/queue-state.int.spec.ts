import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadLetters } from './dead-letters.js';
import { QueueState } from './queue-state.js';
import { Relay } from './relay.js';
import { aRecordingWorker, record, type RecordingWorker } from './testing/recording-worker.js';
import type { WaitingJobs } from './waiting-jobs.js';

let worker: RecordingWorker;
beforeAll(async () => {
  worker = await aRecordingWorker();
  await worker.redis.connect();
});
afterAll(() => worker.stop());

describe('the state of the queue', () => {
  it('tells what is open, what waits for a worker, for how long, and what was given up', async () => {
    const jobs = [await worker.enqueueOne(record), await worker.enqueueOne(record), await worker.enqueueOne(record)];
    await worker.get(DeadLetters).bury(jobs[0]?.id ?? '', 8, 'Error: no');
    while (await new Relay(worker.database, worker.queue).publishBatch());

    const [state] = await worker.get(QueueState).all();

    expect(state).toEqual({ name: 'jobs', open: 2, waiting: 2, deadLetters: 1, oldestAgeSeconds: expect.any(Number) });
    expect(state?.oldestAgeSeconds).toBeGreaterThan(0);
    expect(await worker.queue.bullmq.getWaitingCount()).toBe(2);
  });

  it('is told without Redis too, but for what waits there', async () => {
    const withoutRedis = { count: () => Promise.reject(new Error('away')) } as unknown as WaitingJobs;

    const [state] = await new QueueState(worker.database, withoutRedis).all();

    expect(state).toMatchObject({ open: 2, waiting: null });
  });
});
