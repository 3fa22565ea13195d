import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedisServer } from '#platform/testing/servers/redis-server.js';
import { preparedCluster } from '../../../tools/databases/embedded-test-postgres.ts';
import { cloneDatabase, migratedTemplate } from '../../../tools/databases/migrated-template.ts';
import { startPostgres } from '../../../tools/servers/postgres/postgres.ts';
import { copyCluster, installedPostgres } from '../../../tools/servers/postgres/postgres-cluster.ts';

const AWAY_MS = 500;

/** Of one test's own: those of the test run serve others, too. */
export type OwnServers = Readonly<{
  databaseUrl: string;
  redisUrl: string;
  /** Away for a moment. `crash` leaves it no time to write anything down. */
  restartPostgres: (how: 'orderly' | 'crash') => Promise<void>;
  /** Killed; away for a moment, and empty when it returns. */
  emptyRedis: () => Promise<void>;
  remove: () => Promise<void>;
}>;

export async function startOwnServers(): Promise<OwnServers> {
  const programs = await installedPostgres();
  if (!programs) throw new Error('No Postgres from npm for this platform.');
  const root = mkdtempSync(join(tmpdir(), 'chaos-'));
  // Postgres runs as somebody else where we are root.
  chmodSync(root, 0o755);
  const settings = { directory: join(root, 'postgres'), logFile: join(root, 'postgres.log'), durable: true };
  copyCluster(await preparedCluster(programs, root), settings.directory);
  let postgres = await startPostgres(programs, settings);
  const databaseUrl = await cloneDatabase(postgres.url, await migratedTemplate(postgres.url), 'chaos');
  const redis = await startRedisServer(() => []);

  return {
    databaseUrl,
    redisUrl: redis.url,
    restartPostgres: async (how) => {
      process.kill(postgres.pid, how === 'crash' ? 'SIGQUIT' : 'SIGINT');
      await postgres.exited;
      await delay(AWAY_MS);
      postgres = await startPostgres(programs, { ...settings, preferredPort: Number(new URL(databaseUrl).port) });
    },
    emptyRedis: async () => {
      await redis.kill();
      await delay(AWAY_MS);
      redis.start();
      await redis.admin.ping();
    },
    remove: async () => {
      await Promise.all([postgres.stop(), redis.remove()]);
      rmSync(root, { recursive: true });
    },
  };
}
