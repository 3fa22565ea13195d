import { SERVER_VARIABLES, WORKERS_VARIABLE, type WorkerServers } from './worker-servers.ts';

/** Runs before each test file that needs servers: hands it what belongs to its worker, and nothing of the shell. */
const workers = JSON.parse(process.env[WORKERS_VARIABLE] ?? '[]') as WorkerServers[];
const servers = workers[Number(process.env.VITEST_POOL_ID ?? '1') - 1];

for (const name of SERVER_VARIABLES) {
  const value = servers?.[name];
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
