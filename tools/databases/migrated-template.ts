import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { PRISMA, requireNode } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';

/** Changes with every migration, so a template is never reused for another schema. */
export function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const file of globSync('prisma/migrations/*/migration.sql', { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/** A database with every migration applied, made once per server: clones of it cost a few milliseconds. */
export async function migratedTemplate(serverUrl: string): Promise<string> {
  const name = `template_${migrationsHash()}`;
  await withClient(serverUrl, async (client) => {
    // Two runs may share a server: the second one waits and finds the template there.
    await client.query(`SELECT pg_advisory_lock(hashtext('${name}'))`);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (rowCount === 1) return;

    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}"`);
    await migrate(databaseUrl(serverUrl, name));
    await client.query(`ALTER DATABASE "${name}" IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  });
  return name;
}

export async function cloneDatabase(serverUrl: string, template: string, name: string): Promise<string> {
  await withClient(serverUrl, (client) =>
    client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY file_copy`),
  );
  return databaseUrl(serverUrl, name);
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}

async function migrate(url: string): Promise<void> {
  const env = { ...process.env, DATABASE_DIRECT_URL: url, DATABASE_DIRECT_URL_FILE: undefined };
  await requireNode([PRISMA, 'migrate', 'deploy'], { env });
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient(serverUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
