export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** A median, and the smallest and largest of the values. */
export type Estimate = Readonly<{ value: number; low: number; high: number }>;

/**
 * Compares what was measured side by side, pair by pair, and takes the median of the ratios: a machine that is slow for a while is slow
 * for both. `rounds`, then pairs within a round.
 */
export function ratioOf(rounds: readonly Readonly<{ costs: readonly number[]; references: readonly number[] }>[]) {
  const ratios = rounds.map(({ costs, references }) =>
    median(costs.map((cost, index) => cost / (references[index] ?? NaN))),
  );
  return { value: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
