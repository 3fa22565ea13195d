import { availableParallelism, loadavg } from 'node:os';

/** What the tests themselves keep each core busy with. */
const OWN_LOAD = 2;

/**
 * `milliseconds` on a machine that does nothing but these tests, and longer on one that is busy with something else: a wait that is over,
 * or a promise that is late by a second, shall mean a broken program and not a slow machine. Where the load is not known it stays as it is.
 */
export function patience(milliseconds: number, [load = 0] = loadavg()): number {
  return Math.ceil(milliseconds * Math.max(1, load / availableParallelism() / OWN_LOAD));
}
