import { commandOf, isAlive, stopProcess } from '../servers/processes.ts';
import type { RunFile } from './run-file.ts';

const OURS = /dist\/apps\/|tools\/oidc-provider\//;

/** Services of a start that was killed end with it, but not at once. Postgres and Redis see to their own. */
export async function stopStaleProcesses(last: RunFile | null): Promise<void> {
  const pids = Object.values(last?.pids ?? {}).filter((pid) => isAlive(pid) && OURS.test(commandOf(pid)));
  await Promise.all(pids.map((pid) => stopProcess(pid, 'SIGTERM')));
}
