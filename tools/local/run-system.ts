import { buildOutdated } from './build.ts';
import { requireFreePorts, stopLeftovers } from './leftovers.ts';
import { type LocalServers, startServers } from './local-servers.ts';
import { migrateIfNeeded } from './migrate.ts';
import { claimDirectory } from './only-one.ts';
import { programs } from './programs.ts';
import { step } from './progress.ts';
import { reloadOnChange } from './reload.ts';
import { type RunFile, describeRun, readLastRun, retireRunFile, writeRunFile } from './run-file.ts';
import { prepareSecrets } from './secrets.ts';
import { seedIfNeeded } from './seed.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';
import { prepareSignInProvider } from './sign-in-provider.ts';
import { summary } from './summary.ts';
import { Supervisor } from './supervisor.ts';

/** Brings everything up, in the order in which one thing needs the other, and keeps it up. @throws Problem */
export async function runSystem(settings: Settings, shutdown: Shutdown): Promise<void> {
  shutdown.onEnd(claimDirectory(settings));
  const last = readLastRun(settings.directory);
  await stopLeftovers(last);
  await requireFreePorts(settings);

  const { files, admin } = prepareSecrets(settings.directory, process.env);
  const servers = await startServers(settings, last, shutdown);
  const signInProvider = await prepareSignInProvider(process.env, last?.oidcIssuer);
  const env = serviceEnvironment(settings, { ...servers, signInProvider }, { files, admin }, process.env);
  await prepareDatabase(settings, servers, env, shutdown.signal);

  const run = { ...describeRun(settings, servers, admin), ...(signInProvider && { oidcIssuer: signInProvider.issuer }) };
  await runServices(new Supervisor(programs(settings, env, signInProvider)), { settings, servers, run, shutdown });
  console.log(summary(run, settings.directory));
}

async function prepareDatabase({ directory }: Settings, servers: LocalServers, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const startOver = servers.isOwnPostgres ? `stop npm start and delete ${directory}/postgres` : 'npm run db:reset';
  await step('Build', () => buildOutdated(signal), (count) => (count > 0 ? `${count} files` : 'up to date'), signal);
  const migrate = (): Promise<number> => migrateIfNeeded(servers.databaseUrl, startOver, signal);
  await step('Migrate', migrate, (count) => (count > 0 ? `${count} applied` : 'up to date'), signal);
  await step('Seed', () => seedIfNeeded(directory, env, signal), (isNew) => (isNew ? 'done' : 'up to date'), signal);
}

type Running = Readonly<{ settings: Settings; servers: LocalServers; run: RunFile; shutdown: Shutdown }>;

async function runServices(supervisor: Supervisor, { settings: { directory }, servers, run, shutdown }: Running): Promise<void> {
  const publish = (): void => writeRunFile(directory, { ...run, pids: { start: process.pid, ...servers.pids(), ...supervisor.pids() } });
  shutdown.onEnd(() => supervisor.stop());
  await step('Services', () => supervisor.start(), () => 'all of them are ready', shutdown.signal);

  publish();
  shutdown.onEnd(() => retireRunFile(directory));
  supervisor.onReplaced(publish);
  servers.onReplaced(publish);
  shutdown.onEnd(reloadOnChange(() => supervisor.restart()));
}
