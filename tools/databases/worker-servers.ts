import type { ServiceRole } from '../database-commands/service-role.ts';

/** What tells a program where Postgres and Redis are. */
export const SERVER_VARIABLES = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'DATABASE_POOLER',
  'REDIS_URL',
  'REDIS_CLUSTER_NODES',
] as const;

/** Those that belong to one worker of the tests; files that run at the same time have others. */
export type WorkerServers = Readonly<Partial<Record<(typeof SERVER_VARIABLES)[number], string | undefined>>>;

/** The variable by which a run tells its workers: JSON, one for each. */
export const WORKERS_VARIABLE = 'TEST_WORKERS';

/** As whom the programs of whole-system tests sign in to Postgres: JSON, a `ServiceRole`; not set where no role can be made. */
export const SERVICE_ROLE_VARIABLE = 'TEST_SERVICE_ROLE';

/** What a run of tests has started. */
export type RunServers = Readonly<{
  workers: readonly WorkerServers[];
  serviceRole: ServiceRole | null;
  stop: () => Promise<void>;
}>;
