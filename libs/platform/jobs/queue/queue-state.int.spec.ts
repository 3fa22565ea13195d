import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/values/ids.js';
import { Relay } from '../outbox/relay.js';
import { SqlDeadLetters } from '../outbox/sql-dead-letters.js';
import { aRecordingWorker, type RecordingWorker, record } from '../testing/recording-worker.js';
import { QueueState, type State } from './queue-state.js';
import type { WaitingJobs } from './waiting-jobs.js';

let worker: RecordingWorker;
beforeAll(async () => {
  worker = await aRecordingWorker();
  await worker.redis.connect();
});
afterAll(() => worker.stop());

/** What other files of this test worker have left behind is there, too. */
async function stateNow(queueState = worker.get(QueueState)) {
  const [state] = await queueState.all();
  return state as State;
}

describe('the state of the queue', () => {
  it('tells what is open, what waits for a worker, for how long, and what was given up', async () => {
    const publishAll = async () => {
      while (await new Relay(worker.database, worker.queue).publishBatch());
    };
    await publishAll();
    const before = await stateNow();

    const jobs = [await worker.enqueueOne(record), await worker.enqueueOne(record), await worker.enqueueOne(record)];
    await worker.get(SqlDeadLetters).add(jobs[0]?.id ?? '', 8, 'Error: no');
    await publishAll();

    const after = await stateNow();
    expect(after).toEqual({
      name: 'jobs',
      open: before.open + 2,
      due: before.due + 2,
      waiting: Number(before.waiting) + 2,
      deadLetters: before.deadLetters + 1,
      oldestAgeSeconds: expect.any(Number),
    });
    expect(after.oldestAgeSeconds).toBeGreaterThan(0);
    expect(await worker.queue.bullmq.getWaitingCount()).toBe(after.waiting);
  });

  it('knows that work for later is not due', async () => {
    const before = await stateNow();

    await worker.jobs.enqueue(record, { key: newId() }, { afterSeconds: 3_600 });

    const after = await stateNow();
    expect([after.open - before.open, after.due - before.due]).toEqual([1, 0]);
  });

  it('is told without Redis too, but for what waits there', async () => {
    const withoutRedis = { count: () => Promise.reject(new Error('away')) } as unknown as WaitingJobs;

    expect(await stateNow(new QueueState(worker.database, withoutRedis))).toEqual({
      ...(await stateNow()),
      waiting: null,
      oldestAgeSeconds: expect.any(Number),
    });
  });
});
