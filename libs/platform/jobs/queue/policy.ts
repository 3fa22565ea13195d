import { backoffMs } from '../../kernel/backoff.js';
import { definedJobs } from '../../kernel/jobs/jobs.js';

const DEFAULTS = {
  attempts: 8,
  backoff: { firstSeconds: 2, longestSeconds: 3_600 },
  timeoutSeconds: 300,
  concurrency: null,
  priority: 0,
} as const;

export type Policy = Readonly<{
  attempts: number;
  backoff: Readonly<{ firstSeconds: number; longestSeconds: number }>;
  timeoutSeconds: number;
  /** Null for no limit. */
  concurrency: number | null;
  priority: number;
}>;

/** How a job is run, by its definition. One that this process does not know, because it is older than the one that enqueued it, gets the defaults. */
export function policyOf(name: string): Policy {
  return { ...DEFAULTS, ...definedJobs().get(name) };
}

/** Milliseconds until the next attempt. @param failures at least 1 */
export function retryPauseMs({ backoff }: Policy, failures: number): number {
  const { firstSeconds, longestSeconds } = backoff;
  return Math.round(backoffMs({ firstMs: firstSeconds * 1_000, longestMs: longestSeconds * 1_000 }, failures));
}
