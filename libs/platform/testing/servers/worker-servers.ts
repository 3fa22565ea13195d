import { type ServiceRole, signedInAs } from '../../../../tools/database-commands/service-role.ts';
import {
  SERVER_VARIABLES,
  SERVICE_ROLE_VARIABLE,
  type WorkerServers,
} from '../../../../tools/databases/worker-servers.ts';

export type { WorkerServers };

/** Where the Postgres and the Redis of this test's worker are, as variables of a program. */
export const workerServers = (): WorkerServers =>
  Object.fromEntries(SERVER_VARIABLES.map((name) => [name, process.env[name]]));

const ADDRESSES = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URL'] as const;

/** The same for the programs, which sign in as they do in production: what they may not do there, they may not do here. */
export function programServers(): WorkerServers {
  const servers = workerServers();
  const role = process.env[SERVICE_ROLE_VARIABLE];
  if (role === undefined) return servers;
  const addresses = ADDRESSES.flatMap((name) => {
    const url = servers[name];
    return url === undefined ? [] : [[name, signedInAs(url, JSON.parse(role) as ServiceRole)]];
  });
  return { ...servers, ...Object.fromEntries(addresses) };
}
