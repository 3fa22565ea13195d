import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe } from 'vitest';
import { preparedCluster } from '../../../../tools/databases/embedded-test-postgres.ts';
import { cloneDatabase, migratedTemplate } from '../../../../tools/databases/migrated-template.ts';
import { startPostgres } from '../../../../tools/servers/postgres/postgres.ts';
import {
  createCluster,
  installedPostgres,
  type PostgresPrograms,
} from '../../../../tools/servers/postgres/postgres-cluster.ts';
import { startPrimaryAndStandby } from '../../../../tools/servers/postgres/postgres-pair.ts';
import type { Server } from '../../../../tools/servers/server.ts';
import { eventually } from '../waiting/eventually.js';

const programs = await installedPostgres();
// Loudly: what is not run is not proven.
if (!programs) console.warn('No Postgres from npm for this platform: the tests of streaming standbys are skipped.');

export const describeWithStandby = programs ? describe : describe.skip;

/** Two servers of one test's own: a primary with a migrated database, and a standby that it streams to. */
export type PostgresPair = Readonly<{
  primary: string;
  standby: string;
  /** The standby stays as it is, and answers, while the primary goes on. */
  holdBack: () => Promise<void>;
  catchUp: () => Promise<void>;
  /** The standby takes writes from then on, and follows nobody. */
  promote: () => Promise<void>;
  endStandby: () => Promise<void>;
  /** What the connections to the standby have asked for last. */
  askedOfStandby: () => Promise<readonly string[]>;
  stop: () => Promise<void>;
}>;

export async function startPostgresPair(): Promise<PostgresPair> {
  const found = programs as PostgresPrograms;
  const root = mkdtempSync(join(tmpdir(), 'postgres-pair-'));
  // Postgres runs as somebody else where we are root.
  chmodSync(root, 0o755);
  const original = await preparedCluster(found, root);
  const { primary, standby } = await startPrimaryAndStandby(found, { original, root });
  const database = await cloneDatabase(primary.url, await migratedTemplate(primary.url), 'app');
  const onStandby = new URL(standby.url);
  onStandby.pathname = '/app';
  await eventually(() => ask(onStandby.href, 'SELECT FROM roles'), 30_000);

  const tell = async (statement: string) => void (await ask(standby.url, statement));
  return {
    primary: database,
    standby: onStandby.href,
    holdBack: () => tell('SELECT pg_wal_replay_pause()'),
    catchUp: () => tell('SELECT pg_wal_replay_resume()'),
    promote: () => tell('SELECT pg_promote()'),
    endStandby: () => standby.stop(),
    askedOfStandby: async () =>
      (await ask<{ query: string }>(standby.url, 'SELECT query FROM pg_stat_activity')).map(({ query }) => query),
    stop: async () => {
      await Promise.all([primary, standby].map((server) => server.stop()));
      rmSync(root, { recursive: true });
    },
  };
}

/** Of another cluster: it answers, and follows nobody. */
export async function startForeignStandby(): Promise<Server> {
  const root = mkdtempSync(join(tmpdir(), 'foreign-standby-'));
  chmodSync(root, 0o755);
  const directory = join(root, 'data');
  createCluster(programs as PostgresPrograms, directory);
  writeFileSync(join(directory, 'standby.signal'), '');
  const server = await startPostgres(programs as PostgresPrograms, {
    directory,
    logFile: join(root, 'log'),
    durable: false,
  });
  const stop = async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  };
  return { ...server, stop };
}

async function ask<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
