import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../database/database.js';
import { defineJob } from '../../kernel/jobs/jobs.js';
import type { SqlDeadLetters } from '../outbox/sql-dead-letters.js';
import type { JobHandlers } from './job-handlers.js';
import type { JobPlaces } from './job-places.js';
import { type Delivery, JobNotClaimed, JobTransaction } from './job-transaction.js';

const payload = z.object({ name: z.string() });
const greet = defineJob({ name: 'tests.greet', payload, concurrency: 2, timeoutSeconds: 0.05 });

type Situation = Readonly<{
  rows?: readonly { name: string; payload: unknown; orderKey?: string }[];
  isFull?: boolean;
  isKnown?: boolean;
  failure?: Error;
  handle?: () => Promise<void>;
}>;

/** The job's row, its handler and the dead letters, all of them in memory. */
function setup({
  rows = [{ name: greet.name, payload: { name: 'Ada' } }],
  isFull = false,
  isKnown = true,
  failure,
  handle = async () => undefined,
}: Situation = {}) {
  const handled: unknown[] = [];
  const added: unknown[] = [];
  const database = {
    query: async () => (failure ? Promise.reject(failure) : rows.map((row) => ({ orderKey: null, ...row }))),
    transaction: (work: () => Promise<unknown>) => work(),
  };
  const handler = {
    job: greet,
    handle: (payload: unknown) => {
      handled.push(payload);
      return handle();
    },
  };
  const handlers = { find: () => (isKnown ? handler : undefined) };
  const places = { take: async () => !isFull, leaveToNext: async () => undefined };
  const deadLetters = { add: async (...letter: unknown[]) => added.push(letter) > 0 };
  const jobTransaction = new JobTransaction(
    database as unknown as Database,
    handlers as unknown as JobHandlers,
    places as unknown as JobPlaces,
    deadLetters as unknown as SqlDeadLetters,
  );
  return { jobTransaction, handled, added };
}

const aDelivery = (overrides: Partial<Delivery> = {}): Delivery => ({
  id: '0190a1b2-0000-7000-8000-000000000001',
  attempt: 1,
  signal: new AbortController().signal,
  ...overrides,
});
const failing = () => Promise.reject(new Error('no'));

describe('JobTransaction', () => {
  it('hands the payload of the row to the handler', async () => {
    const { jobTransaction, handled } = setup();

    expect(await jobTransaction.execute(aDelivery())).toEqual({ outcome: 'done' });
    expect(handled).toEqual([{ name: 'Ada' }]);
  });

  it('does nothing when the row is gone: the work is done', async () => {
    const { jobTransaction, handled } = setup({ rows: [] });

    expect(await jobTransaction.execute(aDelivery())).toEqual({ outcome: 'skipped' });
    expect(handled).toEqual([]);
  });

  it('takes it for no attempt when Postgres is away, even at the last one', async () => {
    const { jobTransaction, added } = setup({ failure: new Error('connect ECONNREFUSED') });

    await expect(jobTransaction.execute(aDelivery({ attempt: 8 }))).rejects.toThrow(JobNotClaimed);
    expect(added).toEqual([]);
  });

  it('takes it for no attempt when another delivery holds the row, even at the last one', async () => {
    const { jobTransaction, added } = setup({
      failure: Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }),
    });

    expect(await jobTransaction.execute(aDelivery({ attempt: 8 }))).toEqual({ outcome: 'held' });
    expect(added).toEqual([]);
  });

  it('takes a lock that the handler does not get for an attempt', async () => {
    const locked = Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
    const { jobTransaction } = setup({ handle: () => Promise.reject(locked) });

    await expect(jobTransaction.execute(aDelivery())).rejects.toThrow(locked);
  });

  it('passes a failure on while attempts are left, and makes the job a dead letter after the last', async () => {
    const { jobTransaction, added } = setup({ handle: failing });

    await expect(jobTransaction.execute(aDelivery())).rejects.toThrow('no');
    expect(await jobTransaction.execute(aDelivery({ attempt: 8 }))).toMatchObject({ outcome: 'dead' });
    expect(added).toEqual([[aDelivery().id, 8, 'Error: no']]);
  });

  it('makes a dead letter of an unreadable payload at once, without a word of what is in it', async () => {
    const { jobTransaction, added } = setup({ rows: [{ name: greet.name, payload: { name: { secret: 'hunter2' } } }] });

    expect(await jobTransaction.execute(aDelivery())).toMatchObject({ outcome: 'dead' });
    expect(added).toEqual([[aDelivery().id, 1, 'UnreadableJob: The payload does not fit: name invalid_type.']]);
  });

  it.each([
    ['unknown', 'this worker does not know it', { isKnown: false }],
    ['full', 'as many of it run as may', { isFull: true }],
  ])('takes it for no attempt, even at the last one: %s, when %s', async (outcome, _when, situation) => {
    const { jobTransaction, handled, added } = setup(situation);

    expect(await jobTransaction.execute(aDelivery({ attempt: 8 }))).toEqual({ outcome });
    expect([handled, added]).toEqual([[], []]);
  });

  it('takes a run for a failed attempt that takes no notice of its time being over', async () => {
    const { jobTransaction } = setup({ handle: () => new Promise(() => undefined) });

    await expect(jobTransaction.execute(aDelivery())).rejects.toThrow('It was not done within 0.05 s.');
  });

  it('makes no dead letter because a worker has to stop', async () => {
    const { jobTransaction, added } = setup({ handle: failing });

    await expect(jobTransaction.execute(aDelivery({ attempt: 8, signal: AbortSignal.abort() }))).rejects.toThrow('no');
    expect(added).toEqual([]);
  });
});
