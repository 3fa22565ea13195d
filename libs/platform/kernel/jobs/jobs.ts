import type { z } from 'zod';
import { Registry } from '../registry.js';

export type JobDefinition<Payload> = Readonly<{
  /** `feature.verb-noun`. Rows in flight carry it: never rename one. */
  name: string;
  /** Ids, not personal data: payloads rest in Postgres and are shown to operators. */
  payload: z.ZodType<Payload>;
  /** Runs before the job becomes a dead letter. Default 8, which is about four minutes of exponential backoff. */
  attempts?: number;
  /** Also runs by itself, once in so many seconds over all workers, with `{}` as its payload. */
  everySeconds?: number;
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

export abstract class Jobs {
  /**
   * Records the job in the caller's transaction: it runs if and only if that transaction commits.
   * Never touches Redis, so a dead Redis fails no write.
   */
  abstract enqueue<Payload>(job: JobDefinition<Payload>, payload: Payload): Promise<void>;
}

export type JobContext = Readonly<{
  /** Stable over retries: hand it to external services as their idempotency key. */
  id: string;
  /** 1 for the first run. */
  attempt: number;
  /** Aborted when the worker is told to stop and its grace period ends. */
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
