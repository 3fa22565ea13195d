import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds of CPU that a process has used so far, all threads that it still has, in user and system mode. */
export function cpuTimeOf(pid: number): number {
  if (process.platform !== 'linux') return cpuTimeFromPs(pid);
  // Documentation/scheduler/sched-stats.rst: the first field is the time on the processor, in nanoseconds. stat(5) counts in 10 ms.
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1_000;
}

/** `[[hours:]minutes:]seconds.hundredths` */
function cpuTimeFromPs(pid: number): number {
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1e6;
}
