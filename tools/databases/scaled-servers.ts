import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { atDatabase } from '../../libs/platform/config/values/connection-strings.ts';
import { serviceRole } from '../database-commands/service-role.ts';
import { localDirectory, redisProgramDirectory } from '../servers/local-directory.ts';
import { startPgBouncer } from '../servers/pgbouncer/pgbouncer.ts';
import { findPgBouncer, type PgBouncerProgram } from '../servers/pgbouncer/program.ts';
import { postgresAccepts } from '../servers/postgres/postgres.ts';
import { installedPostgres, type PostgresPrograms } from '../servers/postgres/postgres-cluster.ts';
import { startPrimaryAndStandby } from '../servers/postgres/postgres-pair.ts';
import { type RedisProgram, startRedis } from '../servers/redis/redis.ts';
import { joinCluster, nodeSettings } from '../servers/redis/redis-cluster.ts';
import { findRedis } from '../servers/redis/redis-program.ts';
import type { Server } from '../servers/server.ts';
import { until } from '../servers/until.ts';
import { preparedCluster } from './embedded-test-postgres.ts';
import { newRoleName, workerDatabases } from './worker-databases.ts';
import type { RunServers, WorkerServers } from './worker-servers.ts';

/** No test of a whole run is about a node that is lost, and a busy machine is slow to answer. */
const NODE_TIMEOUT_MS = 10_000;
const POOLER_SETTINGS = {
  pool_mode: 'transaction',
  max_prepared_statements: 200,
  default_pool_size: 30,
  max_client_conn: 1_000,
};

type Programs = Readonly<{
  postgres: PostgresPrograms | null;
  pgBouncer: PgBouncerProgram | null;
  redis: RedisProgram | null;
}>;

const findPrograms = async (): Promise<Programs> => ({
  postgres: await installedPostgres(),
  pgBouncer: await findPgBouncer(join(localDirectory(), 'pgbouncer-program')),
  redis: await findRedis(redisProgramDirectory()),
});

/** What this machine has no program for, so that a run on scaled servers would prove nothing about it. */
export async function missingPrograms(): Promise<readonly string[]> {
  const { postgres, pgBouncer, redis } = await findPrograms();
  return [
    ...(postgres ? [] : ['the Postgres that npm installs']),
    ...(pgBouncer ? [] : ['PgBouncer 1.21 or later']),
    ...(redis ? [] : ['Redis']),
  ];
}

/**
 * A primary and its streaming standby, each behind a PgBouncer in transaction mode, with a database for each worker; and for each worker a
 * Redis Cluster of three masters.
 */
export async function startScaledServers(directory: string, workers: number): Promise<RunServers> {
  const { postgres, pgBouncer, redis } = await findPrograms();
  if (!postgres || !pgBouncer || !redis) throw new Error(`There is no ${(await missingPrograms()).join(', no ')}.`);

  const [{ primary, standby }, clusters] = await Promise.all([
    preparedCluster(postgres, directory).then((original) =>
      startPrimaryAndStandby(postgres, { original, root: directory }),
    ),
    Promise.all(Array.from({ length: workers }, (_, index) => startCluster(redis, directory, `redis-${index + 1}`))),
  ]);
  const role = await serviceRole(primary.url, newRoleName());
  const [pooler, standbyPooler] = (await Promise.all(
    [primary, standby].map(({ url }, index) =>
      startPgBouncer(pgBouncer, {
        directory: join(directory, `pgbouncer-${index + 1}`),
        target: url,
        settings: POOLER_SETTINGS,
        roles: role ? [role] : [],
      }),
    ),
  )) as [Server, Server];

  const { urls, drop } = await workerDatabases(primary.url, workers);
  const databases = urls.map((url) => new URL(url).pathname.slice(1));
  for (const name of databases)
    await until(() => postgresAccepts(atDatabase(standby.url, name)), 'The standby does not follow its primary');

  return {
    workers: databases.map((name, index) => ({
      DATABASE_URL: atDatabase(pooler.url, name),
      DATABASE_DIRECT_URL: atDatabase(primary.url, name),
      DATABASE_REPLICA_URL: atDatabase(standbyPooler.url, name),
      DATABASE_POOLER: 'transaction',
      ...clusters[index]?.env,
    })),
    serviceRole: role,
    stop: async () => {
      await Promise.all([pooler.stop(), standbyPooler.stop()]);
      await drop();
      await Promise.all([...clusters, standby, primary].map((server) => server.stop()));
    },
  };
}

async function startCluster(
  program: RedisProgram,
  directory: string,
  name: string,
): Promise<Readonly<{ env: WorkerServers; stop: () => Promise<void> }>> {
  const password = randomBytes(24).toString('hex');
  const servers = await Promise.all(
    [1, 2, 3].map((number) =>
      startRedis(program, {
        directory: join(directory, `${name}-${number}`),
        logFile: join(directory, `${name}-${number}.log`),
        durable: false,
        password,
        more: (port) => nodeSettings(port, NODE_TIMEOUT_MS),
      }),
    ),
  );
  const admins = servers.map(({ url }) => new Redis(url));
  await joinCluster(admins.map((admin, index) => ({ admin, port: Number(new URL(servers[index]?.url ?? '').port) })));
  for (const admin of admins) admin.disconnect();
  return {
    env: {
      REDIS_URL: servers[0]?.url,
      REDIS_CLUSTER_NODES: servers.map(({ url }) => new URL(url).host).join(','),
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
