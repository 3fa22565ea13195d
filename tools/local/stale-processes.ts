import { isPortFree } from '../servers/ports.ts';
import { commandOf, isAlive, stopProcess } from '../servers/processes.ts';
import type { RunFile } from './run-file.ts';
import { Problem, type Settings } from './settings.ts';

const OURS = /dist\/apps\/|tools\/oidc-provider\//;

/** Services of a start that was killed end with it, but not at once. Postgres and Redis see to their own. */
export async function stopStaleProcesses(last: RunFile | null): Promise<void> {
  const pids = Object.values(last?.pids ?? {}).filter((pid) => isAlive(pid) && OURS.test(commandOf(pid)));
  await Promise.all(pids.map((pid) => stopProcess(pid, 'SIGTERM')));
}

/** @throws Problem */
export async function requireFreePorts({ apiPort, workerPort }: Settings): Promise<void> {
  const ports = { API_PORT: apiPort, WORKER_PORT: workerPort };
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    throw new Problem(`Port ${port} is taken by another program. Choose another one: ${name}=${port + 100} npm start`);
  }
}
