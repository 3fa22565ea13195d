import { commandOf, isAlive, startOf, stopProcess } from '../../servers/processes.ts';
import type { RunFile } from '../settings/run-file.ts';

const OURS = /dist\/apps\/|tools\/oidc-provider\//;

/**
 * Services of a start that was killed end with it, but not at once. Postgres and Redis see to their own. By now their ids may be those of
 * strangers, such as the services of another checkout, which look the same: only the start tells.
 */
export async function stopStaleProcesses(last: Pick<RunFile, 'pids' | 'starts'> | null): Promise<void> {
  const { pids = {}, starts = {} } = last ?? {};
  const isOurs = ([name, pid]: [string, number]): boolean =>
    isAlive(pid) && starts[name] === startOf(pid) && OURS.test(commandOf(pid));
  await Promise.all(
    Object.entries(pids)
      .filter(isOurs)
      .map(([, pid]) => stopProcess(pid, 'SIGTERM')),
  );
}
