import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../ports.ts';
import { commandOf, isAlive, stopProcess } from '../processes.ts';
import { doesNotStart, type Server, type ServerSettings } from '../server.ts';
import { isReady, startTethered, type TetheredProcess } from '../tethered-process.ts';
import { accountOf, type PostgresAccount } from './postgres-account.ts';
import { createCluster, type PostgresPrograms, passwordOf } from './postgres-cluster.ts';

const PATIENCE_MS = 30_000;
const ALONE = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
const ALWAYS = { max_connections: '200', shared_preload_libraries: 'pg_stat_statements' };
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

/** Starts Postgres on a data directory, which it creates first if need be. */
export async function startPostgres(programs: PostgresPrograms, settings: ServerSettings): Promise<Server> {
  const { directory, preferredPort } = settings;
  createCluster(programs, directory);
  await stopOrphanedPostgres(directory);

  const port = await freePort(preferredPort);
  const url = `postgresql://postgres:${passwordOf(directory)}@127.0.0.1:${port}/postgres`;
  const server = await launchUntilReady(programs, settings, port, url);
  return { url, pid: server.pid, origin: 'Postgres 18 from npm', exited: server.exited, stop: server.stop };
}

/** A server left behind by a run that was killed: it would keep the directory locked. */
export async function stopOrphanedPostgres(directory: string): Promise<void> {
  const pidFile = join(directory, 'postmaster.pid');
  if (!existsSync(pidFile)) return;

  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  // With what follows it: the path may be the beginning of another one.
  const isOurs = isAlive(pid) && commandOf(pid).includes(` -D ${directory} -p `);
  if (isOurs) await stopProcess(pid, 'SIGINT', PATIENCE_MS);
  rmSync(pidFile, { force: true });
}

const asOptions = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** What is expected of a Postgres, wherever that runs. */
export const postgresOptions = (durable: boolean): readonly string[] =>
  asOptions({ ...ALWAYS, ...(durable ? {} : FAST) });

function launch(program: string, { directory, logFile, durable }: ServerSettings, port: number): TetheredProcess {
  const { prefix, uid, gid }: PostgresAccount = accountOf(directory);
  const options = [...asOptions(ALONE), ...postgresOptions(durable)];
  const [command = '', ...args] = [...prefix, program, '-D', directory, '-p', String(port), ...options];
  const log = openSync(logFile, 'w', 0o600);
  try {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
    return startTethered({ command, args, uid, gid, env, output: log, stopSignal: 'SIGINT', patienceMs: PATIENCE_MS });
  } finally {
    closeSync(log);
  }
}

async function launchUntilReady(
  programs: PostgresPrograms,
  settings: ServerSettings,
  port: number,
  url: string,
): Promise<TetheredProcess> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const server = launch(programs.postgres, settings, port);
    if (await isReady(server, () => postgresAccepts(url))) return server;
    // A killed server's last children hold its memory for a moment longer.
    const mayPass =
      readFileSync(settings.logFile, 'utf8').includes('pre-existing shared memory') && Date.now() < deadline;
    if (!mayPass) throw new Error(doesNotStart('Postgres', settings.logFile));
  }
}

export async function postgresAccepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
