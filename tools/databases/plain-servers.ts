import { dropServiceRole, serviceRole } from '../database-commands/service-role.ts';
import { startTestPostgres } from './test-postgres.ts';
import { startTestRedis } from './test-redis.ts';
import { newRoleName, workerDatabases } from './worker-databases.ts';
import type { RunServers } from './worker-servers.ts';

/** One Postgres with a database for each worker, and a Redis for each. */
export async function startPlainServers(directory: string, workers: number): Promise<RunServers> {
  const [postgres, redis] = await Promise.all([startTestPostgres(directory), startTestRedis(directory, workers)]);
  const { urls, drop } = await workerDatabases(postgres.url, workers);
  const role = await serviceRole(postgres.url, newRoleName());
  return {
    workers: urls.map((DATABASE_URL, index) => ({ DATABASE_URL, REDIS_URL: redis[index]?.url })),
    serviceRole: role,
    stop: async () => {
      await drop();
      if (role) await dropServiceRole(postgres.url, role);
      await Promise.all([postgres.stop(), ...redis.map((server) => server.stop())]);
    },
  };
}
