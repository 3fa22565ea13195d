import { SERVER_VARIABLES, type WorkerServers } from '../../../../tools/databases/worker-servers.ts';

export type { WorkerServers };

/** Where the Postgres and the Redis of this test's worker are, as variables of a program. */
export const workerServers = (): WorkerServers =>
  Object.fromEntries(SERVER_VARIABLES.map((name) => [name, process.env[name]]));
