import { startTestPostgres } from './test-postgres.ts';
import { startTestRedis } from './test-redis.ts';
import { workerDatabases } from './worker-databases.ts';
import type { RunServers } from './worker-servers.ts';

/** One Postgres with a database for each worker, and a Redis for each. */
export async function startPlainServers(directory: string, workers: number): Promise<RunServers> {
  const [postgres, redis] = await Promise.all([startTestPostgres(directory), startTestRedis(directory, workers)]);
  const { urls, drop } = await workerDatabases(postgres.url, workers);
  return {
    workers: urls.map((DATABASE_URL, index) => ({ DATABASE_URL, REDIS_URL: redis[index]?.url })),
    stop: async () => {
      await drop();
      await Promise.all([postgres.stop(), ...redis.map((server) => server.stop())]);
    },
  };
}
