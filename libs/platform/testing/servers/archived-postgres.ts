import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe } from 'vitest';
import { preparedCluster } from '../../../../tools/databases/embedded-test-postgres.ts';
import { cloneDatabase, migratedTemplate } from '../../../../tools/databases/migrated-template.ts';
import { startPostgres } from '../../../../tools/servers/postgres/postgres.ts';
import {
  copyCluster,
  installedPostgres,
  type PostgresPrograms,
} from '../../../../tools/servers/postgres/postgres-cluster.ts';
import type { Server } from '../../../../tools/servers/server.ts';
import { eventually } from '../waiting/eventually.js';

const programs = await installedPostgres();
// Loudly: what is not run is not proven.
if (!programs) console.warn('No Postgres from npm for this platform: the drill of backup and restore is skipped.');

export const describeWithArchive = programs ? describe : describe.skip;

/** Of the running server, and not part of a backup (PostgreSQL, "Making a Base Backup Using the Low Level API"). */
const NOT_BACKED_UP = new Set(['pg_wal', 'postmaster.pid', 'postmaster.opts']);

/** A server of one test's own with a migrated database, whose write-ahead log is kept as it grows. */
export type ArchivedPostgres = Readonly<{
  url: string;
  /** A copy of its files while it serves. */
  backUp: () => Promise<void>;
  /** Everything that was committed until now can be restored once this is done. */
  archive: () => Promise<void>;
  /** A new server made of the copy and of the log up to a moment. @returns the address of the database there */
  restoreTo: (moment: Date) => Promise<string>;
  stop: () => Promise<void>;
}>;

export async function startArchivedPostgres(): Promise<ArchivedPostgres> {
  const root = mkdtempSync(join(tmpdir(), 'archived-postgres-'));
  // Postgres runs as somebody else where we are root.
  chmodSync(root, 0o755);
  const directory = join(root, 'data');
  copyCluster(await preparedCluster(programs as PostgresPrograms, root), directory);
  makeFolder(join(root, 'log'), directory);
  configure(directory, { archive_mode: 'on', archive_command: `cp "%p" "${root}/log/%f"` });
  const servers = [await startIn(root, 'data')];
  const [{ url = '' } = {}] = servers;
  return {
    url: await cloneDatabase(url, await migratedTemplate(url), 'app'),
    backUp: () => backUp(url, directory, join(root, 'backup')),
    archive: () => archive(url),
    restoreTo: async (moment) => {
      const restored = await restore(root, moment);
      servers.push(restored);
      return Object.assign(new URL(restored.url), { pathname: '/app' }).href;
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(root, { recursive: true });
    },
  };
}

const startIn = (root: string, name: string): Promise<Server> =>
  startPostgres(programs as PostgresPrograms, {
    directory: join(root, name),
    logFile: join(root, `${name}.txt`),
    durable: true,
  });

async function backUp(url: string, from: string, to: string): Promise<void> {
  makeFolder(to, from);
  await ask(url, async (client) => {
    await client.query(`SELECT pg_backup_start('drill', fast => true)`);
    for (const name of readdirSync(from))
      if (!NOT_BACKED_UP.has(name)) execFileSync('cp', ['-a', join(from, name), to]);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
    writeOwned(join(to, 'backup_label'), String(rows[0]?.labelfile), from);
  });
  makeFolder(join(to, 'pg_wal'), from);
}

async function archive(url: string): Promise<void> {
  const segment = 'SELECT pg_walfile_name(pg_switch_wal()) AS name';
  const [last] = await ask(url, async (client) => (await client.query<{ name: string }>(segment)).rows);
  await eventually(async () => {
    const archived = 'SELECT last_archived_wal AS name FROM pg_stat_archiver';
    const [row] = await ask(url, async (client) => (await client.query<{ name: string | null }>(archived)).rows);
    if (String(row?.name) < String(last?.name)) throw new Error(`${last?.name} is not in the archive yet`);
  });
}

async function restore(root: string, moment: Date): Promise<Server> {
  const directory = join(root, 'backup');
  configure(directory, {
    archive_mode: 'off',
    restore_command: `cp "${root}/log/%f" "%p"`,
    // Without the Z, which would be the abbreviation of a time zone.
    recovery_target_time: `${moment.toISOString().slice(0, -1)}+00`,
    recovery_target_action: 'promote',
  });
  writeOwned(join(directory, 'recovery.signal'), '', directory);
  const server = await startIn(root, 'backup');
  await eventually(async () => {
    const recovering = 'SELECT pg_is_in_recovery() AS yes';
    const [row] = await ask(server.url, async (client) => (await client.query<{ yes: boolean }>(recovering)).rows);
    if (row?.yes !== false) throw new Error('Postgres is still reading its log');
  });
  return server;
}

/** What comes later in this file counts. */
function configure(directory: string, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(directory, 'postgresql.auto.conf'), lines.join(''));
}

/** For the account that the server runs as. */
function makeFolder(folder: string, like: string): void {
  mkdirSync(folder, { mode: 0o700 });
  own(folder, like);
}

function writeOwned(file: string, text: string, like: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  own(file, like);
}

function own(path: string, like: string): void {
  const { uid, gid } = statSync(like);
  chownSync(path, uid, gid);
}

async function ask<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
