type Backoff = Readonly<{ firstMs: number; longestMs: number }>;

/**
 * How long to pause before another try, in milliseconds: doubled with each failure up to the longest, and half of it at random, so that those
 * who failed together do not come back together.
 * @param failures at least 1
 */
export function backoffMs({ firstMs, longestMs }: Backoff, failures: number): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs) * (0.5 + Math.random() / 2);
}
