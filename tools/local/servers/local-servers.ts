import { startMailbox } from '../mailbox/mailbox.ts';
import { restartOnExit } from '../programs/restart-server.ts';
import type { Shutdown } from '../programs/shutdown.ts';
import { step } from '../progress.ts';
import type { RunFile } from '../settings/run-file.ts';
import type { Settings } from '../settings/settings.ts';
import { type FeatureServer, startFeatureServers } from './feature-servers.ts';
import { type Found, findPostgres, findRedisServer } from './find-servers.ts';

export type LocalServers = Readonly<{
  databaseUrl: string;
  redisUrl: string;
  smtpUrl: string;
  mailbox: string;
  /** Those of features, by name. */
  pages: Readonly<Record<string, string>>;
  /** Makes them known to the api, once that answers. */
  connectPages(run: Pick<RunFile, 'api' | 'admin'>): Promise<void>;
  /** False when DATABASE_URL names somebody else's. */
  isOwnPostgres: boolean;
  pids(): Readonly<Record<string, number>>;
  /** Calls back when one of them had to be started again. */
  onReplaced(listener: () => void): void;
}>;

/** Everything the services need beside themselves, at the addresses of the last run where those are still free. */
export async function startServers(
  { directory }: Settings,
  last: RunFile | null,
  shutdown: Shutdown,
): Promise<LocalServers> {
  const origin = (found: Found): string => found.origin;
  const postgres = await step('Postgres', () => findPostgres(directory, last?.databaseUrl), origin, shutdown.signal);
  const supervisedPostgres = restartOnExit('Postgres', postgres, () => findPostgres(directory, postgres.url), shutdown);
  const redis = await step('Redis', () => findRedisServer(directory, last?.redisUrl), origin, shutdown.signal);
  const supervisedRedis = restartOnExit('Redis', redis, () => findRedisServer(directory, redis.url), shutdown);
  const mailbox = await startMailbox(last ? Number(new URL(last.mailbox).port) : undefined);
  shutdown.onEnd(mailbox.stop);
  const featureServers: Readonly<Record<string, FeatureServer>> = await startFeatureServers(last);
  for (const { stop } of Object.values(featureServers)) shutdown.onEnd(stop);

  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    smtpUrl: mailbox.smtpUrl,
    mailbox: mailbox.pageUrl,
    pages: Object.fromEntries(Object.entries(featureServers).map(([name, { pageUrl }]) => [name, pageUrl])),
    connectPages: async (run) => {
      for (const [name, { connect }] of Object.entries(featureServers))
        await connect(run).catch((error: Error) =>
          console.log(`    The page of ${name} is not connected: ${error.message}`),
        );
    },
    isOwnPostgres: postgres.server !== null,
    pids: () => ({ ...supervisedPostgres.pids(), ...supervisedRedis.pids() }),
    onReplaced: (listener) => [supervisedPostgres, supervisedRedis].forEach((server) => server.onReplaced(listener)),
  };
}
