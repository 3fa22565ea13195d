import { type Mailbox, startMailbox } from '#platform/testing/servers/mailbox.js';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { type Environment, withParcels } from '#platform/testing/system/program.js';
import { type OwnServers, startOwnServers } from './own-servers.ts';
import { ReplacedApi } from './replaced-api.ts';
import { recordTicks } from './ticks.ts';
import { WorkerCrew } from './worker-crew.ts';

/** A whole system of which everything can be taken away. */
export type Scene = Readonly<{
  env: Environment;
  servers: OwnServers;
  mailbox: Mailbox;
  api: ReplacedApi;
  crew: WorkerCrew;
  stop: () => Promise<void>;
}>;

export async function startScene(): Promise<Scene> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.toReversed()) await end();
  };

  try {
    const servers = await startOwnServers();
    stops.push(servers.remove);
    const mailbox = await startMailbox();
    stops.push(mailbox.stop);
    const env = systemEnvironment({
      ...withParcels,
      DATABASE_URL: servers.databaseUrl,
      REDIS_URL: servers.redisUrl,
      SMTP_URL: mailbox.smtpUrl,
      SHUTDOWN_DRAIN: '500',
      // One service has one address, whichever of its processes answers.
      PUBLIC_URL: 'https://api.example.test',
    });
    await recordTicks(env);
    const [api, crew] = [new ReplacedApi(env), new WorkerCrew(env)];
    stops.push(async () => void (await Promise.all([api.stop(), crew.stop()])));
    await Promise.all([api.start(), crew.start()]);
    return { env, servers, mailbox, api, crew, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
