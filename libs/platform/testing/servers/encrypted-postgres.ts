import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresAccepts, startPostgres } from '../../../../tools/servers/postgres/postgres.ts';
import { createCluster, installedPostgres } from '../../../../tools/servers/postgres/postgres-cluster.ts';
import type { Server } from '../../../../tools/servers/server.ts';
import { eventually } from '../waiting/eventually.js';
import type { Certificate } from './certificate.ts';

export const hasOwnPostgres = (await installedPostgres()) !== null;
// Loudly: what is not run is not proven.
if (!hasOwnPostgres) console.warn('No Postgres from npm for this platform: the tests of TLS to Postgres are skipped.');

/** A server of one test's own that takes no connection without TLS; `clients` says what it wants of those, as pg_hba.conf does. */
export async function startEncryptedPostgres(certificate: Certificate, clients = ''): Promise<Server> {
  const programs = await installedPostgres();
  if (!programs) throw new Error('No Postgres from npm for this platform.');
  const root = mkdtempSync(join(tmpdir(), 'encrypted-postgres-'));
  // Postgres runs as somebody else where we are root.
  chmodSync(root, 0o755);
  const directory = join(root, 'data');
  createCluster(programs, directory);
  const { uid, gid } = statSync(directory);
  for (const [from, name] of [
    [certificate.certificateFile, 'server.crt'],
    [certificate.keyFile, 'server.key'],
  ] as const) {
    const file = join(directory, name);
    copyFileSync(from, file);
    chmodSync(file, 0o600);
    chownSync(file, uid, gid);
  }
  appendFileSync(join(directory, 'postgresql.conf'), "ssl = on\nssl_ca_file = 'server.crt'\n");
  const server = await startPostgres(programs, { directory, logFile: join(root, 'log'), durable: false });
  await requireEncryption(server.url, join(directory, 'pg_hba.conf'), clients);
  const stop = async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  };
  return { ...server, stop };
}

/** Not from the start: whether it has started is asked without TLS. */
async function requireEncryption(url: string, file: string, clients: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  writeFileSync(file, `hostssl all all 127.0.0.1/32 scram-sha-256 ${clients}\n`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  await eventually(async () => {
    if (await postgresAccepts(url)) throw new Error('Postgres still takes connections without TLS');
  });
}
