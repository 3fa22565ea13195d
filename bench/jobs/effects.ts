/** The same effect for both: a row. */
export const CREATE_EFFECTS =
  'CREATE TABLE IF NOT EXISTS bench_effects (key uuid NOT NULL, at timestamptz NOT NULL DEFAULT now())';
export const ADD_EFFECT = { name: 'bench.add-effect', text: 'INSERT INTO bench_effects (key) VALUES ($1)' };
/** As many as a worker runs by itself. */
export const CONCURRENCY = 8;
/** Written together, on both sides. */
export const TOGETHER = 1_000;

/** `seconds`: from before the first is written until the last effect is committed. */
export type Throughput = Readonly<{ jobsPerSecond: number }>;

/** Resolves when `done` was called so often. */
export function countdown(times: number): { done: () => void; over: Promise<void> } {
  let left = times;
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const done = () => {
    left -= 1;
    if (left === 0) end();
  };
  return { done, over };
}
