import type { z } from 'zod';
import type { Flag } from '../flags.js';
import { Registry } from '../registry.js';
import type { Schedule } from './schedule.js';

/** Every option has the default of most jobs. Those with a key are written as methods of the payload. */
export type JobDefinition<Payload> = Readonly<{
  /** `feature.verb-noun`. Rows in flight carry it: never rename one. */
  name: string;
  /** Ids, not personal data: payloads rest in Postgres and are shown to operators. As JSON 64 KiB at the most. */
  payload: z.ZodType<Payload>;
  /** Runs before the job becomes a dead letter. Default 8, which is about four minutes of exponential backoff. */
  attempts?: number;
  /** The wait after the first failure, default 2; each later one is twice as long up to the longest, default 3600. Half of each is random. */
  backoff?: Readonly<{ firstSeconds: number; longestSeconds: number }>;
  /** Then the signal of the run is aborted, and the run was an attempt that failed. Default 300. */
  timeoutSeconds?: number;
  /** How many of this job run at the same time over all workers. Without it: as many as the workers have places. */
  concurrency?: number;
  /** 0, the default, comes first; whatever has a higher number comes after all that have a lower one. */
  priority?: number;
  /** While one of this job with the same key is open, another one is dropped. */
  uniqueBy?(payload: Payload): string;
  /** Those of one feature with the same key run one after the other, in the order in which they were enqueued. */
  orderedBy?(payload: Payload): string;
  /** Also runs by itself, with `{}` as its payload. */
  schedule?: Schedule;
  /** While it is off, the times of its schedule are left out. */
  onlyWhile?: Flag<boolean>;
  /** The event by which it is enqueued: of what `defineSubscription` makes. */
  event?: string;
}>;

const registry = new Registry<JobDefinition<unknown>>('The job');

/**
 * Names a unit of background work and fixes its payload. Both apps import it: the api enqueues, the worker handles.
 * @throws when two definitions share a name
 */
export function defineJob<Payload>(job: JobDefinition<Payload>): JobDefinition<Payload> {
  return registry.add(job.name, job);
}

/** Every job defined so far, by name. */
export function definedJobs(): ReadonlyMap<string, JobDefinition<unknown>> {
  return registry.all;
}

/** When it may run: not before. Up to two seconds later when nothing else wakes the worker. */
export type Start = Readonly<{ at: Date } | { afterSeconds: number }>;

/** `dropped`: one of the same job with the same key is open already. */
export type Enqueued = 'enqueued' | 'dropped';

export abstract class Jobs {
  /**
   * Records the job in the caller's transaction: it runs if and only if that transaction commits.
   * Never touches Redis, so a dead Redis fails no write.
   * @throws ZodError for a payload that does not fit; JobPayloadTooLarge
   */
  abstract enqueue<Payload>(job: JobDefinition<Payload>, payload: Payload, start?: Start): Promise<Enqueued>;
}

export type JobContext = Readonly<{
  /** Stable over retries: hand it to external services as their idempotency key. */
  id: string;
  /** 1 for the first run. */
  attempt: number;
  /** Aborted when the job has taken its `timeoutSeconds`, and when the worker is told to stop and its grace period ends. */
  signal: AbortSignal;
}>;

/**
 * Runs inside a transaction that also retires the job: what it writes through the database happens once,
 * however often the queue delivers. Effects outside the database may repeat and need `context.id`.
 */
export interface JobHandler<Payload> {
  readonly job: JobDefinition<Payload>;
  handle(payload: Payload, context: JobContext): Promise<void>;
}
