import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND =
  process.platform === 'linux' ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 0;

/** Microseconds of CPU that a process has used so far, all its threads, in user and system mode. */
export function cpuTimeOf(pid: number): number {
  if (TICKS_PER_SECOND === 0) return cpuTimeFromPs(pid);
  // proc_pid_stat(5): utime and stime are fields 14 and 15; the second field may contain spaces and ends at the last parenthesis.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}

/** `[[hours:]minutes:]seconds.hundredths` */
function cpuTimeFromPs(pid: number): number {
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1e6;
}
