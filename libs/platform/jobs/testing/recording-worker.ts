import { z } from 'zod';
import { currentWorkload } from '../../database/pool/workload.js';
import { defineJob, type JobContext, type JobDefinition } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { aWorker, handling } from './running-worker.js';

type Payload = { key: string };
/** `workload`: for which it takes connections. */
type Run = Payload & Pick<JobContext, 'id' | 'attempt'> & { workload: unknown };
export type RecordingWorker = Awaited<ReturnType<typeof aRecordingWorker>>;

const payload = z.object({ key: z.uuid() });
export const record = defineJob({ name: 'tests.record', payload });
const backoff = { firstSeconds: 0.2, longestSeconds: 1 };
export const fail = defineJob({ name: 'tests.fail', payload, attempts: 2, backoff });
export const failOnce = defineJob({ name: 'tests.fail-once', payload, backoff });
export const linger = defineJob({ name: 'tests.linger', payload });

/**
 * A worker whose handlers note each run and leave a row behind: the effect that must happen once. Then `record` is done,
 * `fail` and `failOnce` fail, and `linger` waits for `release` or until it is aborted.
 */
export async function aRecordingWorker(overrides: Record<string, string> = {}) {
  const runs: Run[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));

  const recording = (job: JobDefinition<Payload>, then: (context: JobContext) => unknown) =>
    handling(job, async ({ key }, context) => {
      runs.push({ key, id: context.id, attempt: context.attempt, workload: currentWorkload() });
      await worker.database.query(LEAVE_EFFECT, [key]);
      await then(context);
    });
  const worker = await aWorker(
    [
      recording(record, () => undefined),
      recording(fail, () => Promise.reject(new Error('the password of ada@example.test is wrong'))),
      recording(failOnce, ({ attempt }) => (attempt === 1 ? Promise.reject(new Error('not yet')) : undefined)),
      recording(linger, ({ signal }) => Promise.race([released, aborted(signal)])),
    ],
    overrides,
  );

  return {
    ...worker,
    runs,
    release,
    runsFor: (key: string) => runs.filter((run) => run.key === key),
    ...questions(worker),
  };
}

/** The table is any with a uuid; the row is not unique on purpose, so that a second effect is a second row. */
const LEAVE_EFFECT = {
  name: 'tests.leave-effect',
  text: `INSERT INTO idempotency_keys VALUES ($1, gen_random_uuid(), '', 0, '{}', '')`,
};
const COUNT_EFFECTS = { name: 'tests.count-effects', text: 'SELECT FROM idempotency_keys WHERE principal_id = $1' };
const FIND_OPEN = {
  name: 'tests.find-open',
  text: `SELECT id, published_at AS "publishedAt" FROM jobs WHERE payload ->> 'key' = $1`,
};

function questions({ database, deadLetters, jobs }: Awaited<ReturnType<typeof aWorker>>) {
  const openJob = async (key: string) =>
    (await database.query<{ id: string; publishedAt: Date | null }>(FIND_OPEN, [key]))[0];
  return {
    openJob,
    effects: async (key: string) => (await database.query(COUNT_EFFECTS, [key])).length,
    countOpen: async () => (await database.query({ name: 'tests.all-open', text: 'SELECT FROM jobs' })).length,
    enqueueOne: async (job: JobDefinition<Payload>) => {
      const key = newId();
      await jobs.enqueue(job, { key });
      return { key, id: String((await openJob(key))?.id) };
    },
    enqueueMany: async (count: number) => {
      const keys = Array.from({ length: count }, newId);
      await database.transaction(async () => {
        for (const key of keys) await jobs.enqueue(record, { key });
      });
      return keys;
    },
    deadLetter: async (id: string) =>
      (await deadLetters.list({ limit: 100, after: null })).items.find((letter) => letter.id === id),
  };
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
