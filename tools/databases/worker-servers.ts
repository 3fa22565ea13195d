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

/** What a run of tests has started. */
export type RunServers = Readonly<{ workers: readonly WorkerServers[]; stop: () => Promise<void> }>;
