const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** From one attempt to the next, as the Standard Webhooks specification proposes: more than three days in all. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** The first at once, and one after each wait. */
export const MOST_ATTEMPTS = WAITS_MS.length + 1;
/** So that those who failed together do not come back together. */
const JITTER = 0.1;
/** No receiver puts a delivery off for longer. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/**
 * How long to wait after so many attempts, in milliseconds; null when that was the last. Never less than the schedule says, nor than
 * the receiver asked for.
 */
export function waitAfter(attempts: number, retryAfterMs: number, random = Math.random()): number | null {
  const wait = WAITS_MS[attempts - 1];
  if (wait === undefined) return null;
  return Math.round(Math.max(wait, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)) * (1 + JITTER * random));
}
