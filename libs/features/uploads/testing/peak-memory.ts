import { readFileSync } from 'node:fs';

const SAMPLE_MS = 20;

/** Resident memory of a process in megabytes, as Linux counts it. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** How many megabytes more a process takes at the worst, while something is done, than before. */
export async function memoryTaken(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = memoryOf(pid);
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, memoryOf(pid))), SAMPLE_MS);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return Math.round(most - before);
}
