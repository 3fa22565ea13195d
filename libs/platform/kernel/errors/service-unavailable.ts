import { type AppError, defineError, type Occurrence } from './app-error.js';

/** What the answer needs is away, or has no room: nothing is wrong with the request. Thrown by `unavailable`, which says what. */
export const ServiceUnavailable = defineError({
  kind: 'unavailable',
  code: 'SERVICE_UNAVAILABLE',
  title: 'The service cannot answer now',
  help: 'Try again after the time in Retry-After.',
});

/** Why, and what an operator can do. For log lines and the metric alone: callers learn nothing of what stands behind the API. */
export const UNAVAILABLE_REASONS = {
  'event-loop': 'The process has more to do than it can (EVENT_LOOP_DELAY_LIMIT): start more of them.',
  redis: 'Redis did not answer, and without it this cannot be allowed: /health/ready says what is wrong.',
  database: 'Postgres could not be reached, or refused the connection: /health/ready says what is wrong.',
  storage: 'The object store did not answer, or refused us (S3_ENDPOINT and what stands beside it).',
  streams: 'As many event streams are open as one process takes: start more of them.',
  'database-pool': 'No connection to Postgres was free in time: look for slow statements, then at DATABASE_POOL_SIZE.',
  'database-timeout': 'Postgres did not answer in time (DATABASE_STATEMENT_TIMEOUT): look at the statement.',
  'database-lock': 'Somebody else holds a lock for too long (DATABASE_LOCK_TIMEOUT): look for open transactions.',
} as const;

export type UnavailableReason = keyof typeof UNAVAILABLE_REASONS;

export const unavailable = (reason: UnavailableReason, occurrence: Omit<Occurrence, 'reason'> = {}): AppError =>
  new ServiceUnavailable(undefined, { ...occurrence, reason });
