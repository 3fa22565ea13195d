import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The server under test has a core to itself; everything else (load, Postgres, Redis, collector) shares the others. */
export type Cores = Readonly<{ server: readonly string[]; description: string }>;

/** Moves this process, and so all it starts, to the other cores. Where that is not possible the result says so. */
export function separateCores(): Cores {
  const last = availableParallelism() - 1;
  const isPossible =
    last > 0 &&
    spawnSync('taskset', ['--cpu-list', '--pid', `1-${last}`, String(process.pid)], { stdio: 'ignore' }).status === 0;
  if (!isPossible) return { server: [], description: 'server and load share their cores: take the figures as rough' };

  return {
    server: ['taskset', '--cpu-list', '0'],
    description: `server on core 0, everything else on ${last === 1 ? 'core 1' : `cores 1-${last}`}`,
  };
}
