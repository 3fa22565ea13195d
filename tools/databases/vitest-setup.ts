import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleWithSpecimen } from '../local/build/specimen.ts';
import { startPlainServers } from './plain-servers.ts';
import { createRunDirectory, removeRunDirectory } from './run-directory.ts';
import { isScaled } from './scaled-run.ts';
import { startScaledServers } from './scaled-servers.ts';
import { SERVICE_ROLE_VARIABLE, WORKERS_VARIABLE } from './worker-servers.ts';

const STARTED_BY = 'TEST_SERVERS_STARTED_BY';

/** Called for each project that needs servers; the first one starts them for all. */
export default async function setup({ config }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env[STARTED_BY] === String(process.pid)) return undefined;
  process.env[STARTED_BY] = String(process.pid);
  return start(config.maxWorkers);
}

/** What each worker has of its own is in the environment; vitest-worker.ts picks. */
async function start(workers: number): Promise<() => Promise<void>> {
  const directory = await createRunDirectory();
  // Tests start the same programs a hundred times; each compiles them anew unless the one before has left its work here.
  process.env.NODE_COMPILE_CACHE = join(directory, 'compile-cache');
  process.env.STORAGE_DIRECTORY = join(directory, 'storage');
  const startServers = isScaled() ? startScaledServers : startPlainServers;
  const [servers] = await Promise.all([startServers(directory, workers), bundleWithSpecimen()]);
  process.env[WORKERS_VARIABLE] = JSON.stringify(servers.workers);
  if (servers.serviceRole) process.env[SERVICE_ROLE_VARIABLE] = JSON.stringify(servers.serviceRole);

  return async () => {
    await servers.stop();
    await removeRunDirectory(directory);
  };
}
