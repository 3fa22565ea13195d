import { serviceRole, signedInAs } from '../database-commands/service-role.ts';
import { buildOutdated } from './build/build.ts';
import { reloadOnChange } from './build/reload.ts';
import type { MigratedDatabase } from './build/schema-changes.ts';
import { migrateIfNeeded } from './migrate.ts';
import { programs } from './programs/programs.ts';
import type { Shutdown } from './programs/shutdown.ts';
import { stopStaleProcesses } from './programs/stale-processes.ts';
import { Supervisor } from './programs/supervisor.ts';
import { step } from './progress.ts';
import { seedIfNeeded } from './seed.ts';
import { prepareObjectStore } from './servers/local-object-store.ts';
import { type LocalServers, startServers } from './servers/local-servers.ts';
import { requireFreePorts } from './servers/require-free-ports.ts';
import { prepareSignInProvider } from './servers/sign-in-provider.ts';
import { checkEnvironment, readByServices } from './settings/check-environment.ts';
import { describeRun, type RunFile, readLastRun, retireRunFile, writeRunFile } from './settings/run-file.ts';
import { prepareSecrets } from './settings/secrets.ts';
import { expectedServers, type ServerUrls, serviceEnvironment } from './settings/service-environment.ts';
import type { Settings } from './settings/settings.ts';
import { lockDirectory } from './settings/single-instance-lock.ts';
import { featureTours, summary } from './summary.ts';

/** Brings everything up, in the order in which one thing needs the other, and keeps it up. @throws Problem */
export async function runSystem(settings: Settings, shutdown: Shutdown): Promise<void> {
  shutdown.onEnd(lockDirectory(settings));
  const last = readLastRun(settings.directory);
  await stopStaleProcesses(last);
  await requireFreePorts(settings);

  const secrets = prepareSecrets(settings.directory, process.env);
  const signInProvider = await prepareSignInProvider(process.env, last?.oidcIssuer);
  const objectStore = await prepareObjectStore(process.env, settings.directory, last?.objectStore);
  const brought = { signInProvider, objectStore };
  const environment = (parts: ServerUrls) =>
    serviceEnvironment(settings, { ...parts, ...brought }, secrets, process.env);
  await step(
    'Build',
    () => buildOutdated(shutdown.signal),
    (count) => (count > 0 ? `${count} files` : 'up to date'),
    shutdown.signal,
  );
  await checkEnvironment(environment(expectedServers(process.env)));

  const servers = await startServers(settings, last, shutdown);
  const env = environment(servers);
  const database = migratedDatabase(settings, servers, env);
  await step(
    'Migrate',
    () => migrateIfNeeded(database.url, database.startOver, shutdown.signal),
    (count) => (count > 0 ? `${count} applied` : 'up to date'),
    shutdown.signal,
  );
  await step(
    'Seed',
    () => seedIfNeeded(settings.directory, env, shutdown.signal),
    (isNew) => (isNew ? 'done' : 'up to date'),
    shutdown.signal,
  );

  const run = {
    ...describeRun(settings, servers, secrets.admin),
    environment: await readByServices(env),
    ...(signInProvider && { oidcIssuer: signInProvider.issuer }),
    ...(objectStore && { objectStore: objectStore.endpoint }),
  };
  const own = await withServiceRole(env, servers);
  await runServices(new Supervisor(programs(settings, own, brought)), {
    settings,
    servers,
    database,
    run,
    shutdown,
  });
  await servers.connectPages(run);
  console.log(summary(run, settings.directory, await featureTours()));
}

/** What we started ourselves is used as in production. Whose Postgres it is otherwise has said who signs in. */
async function withServiceRole(env: NodeJS.ProcessEnv, { isOwnPostgres, databaseUrl }: LocalServers) {
  const role = isOwnPostgres ? await serviceRole(databaseUrl, 'app_local') : null;
  return role ? { ...env, DATABASE_URL: signedInAs(databaseUrl, role) } : env;
}

function migratedDatabase(
  { directory }: Settings,
  { isOwnPostgres, databaseUrl }: LocalServers,
  env: NodeJS.ProcessEnv,
): MigratedDatabase {
  const startOver = isOwnPostgres
    ? `stop npm start and delete ${directory}/postgres`
    : 'npm run db:reset, which says what it would delete and asks first';
  return { url: env.DATABASE_DIRECT_URL || databaseUrl, startOver };
}

type Running = Readonly<{
  settings: Settings;
  servers: LocalServers;
  database: MigratedDatabase;
  run: RunFile;
  shutdown: Shutdown;
}>;

async function runServices(
  supervisor: Supervisor,
  { settings: { directory }, servers, database, run, shutdown }: Running,
): Promise<void> {
  const publish = (): void =>
    writeRunFile(directory, { ...run, pids: { start: process.pid, ...servers.pids(), ...supervisor.pids() } });
  shutdown.onEnd(() => supervisor.stop());
  await step(
    'Services',
    () => supervisor.start(),
    () => 'all of them are ready',
    shutdown.signal,
  );

  publish();
  shutdown.onEnd(() => retireRunFile(directory));
  supervisor.onReplaced(publish);
  servers.onReplaced(publish);
  reloadOnChange({ restart: () => supervisor.restart(), database, shutdown });
}
