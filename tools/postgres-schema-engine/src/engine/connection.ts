import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

const PATIENCE_MS = 10_000;
const DUPLICATE_DATABASE = '42P04';

/** A connection string as pg reads it, which is how the client of @prisma/adapter-pg reads it too, and the schema it names. */
export type Address = pg.ClientConfig & Readonly<{ host: string; database: string; schema: string }>;

/** @throws TypeError with the code ERR_INVALID_URL */
export function addressOf(url: string): Address {
  const config = parseIntoClientConfig(url) as pg.ClientConfig & { schema?: string };
  const { host, database, schema = 'public' } = config;
  return { ...config, host: host || 'localhost', database: database || 'postgres', schema };
}

/** The same server, another database. */
export const atDatabase = (address: Address, database: string): Address => ({ ...address, database });

/** Not as an option of the connection, which poolers refuse. */
export const enterSchema = (client: pg.ClientBase, { schema }: Address): Promise<unknown> =>
  client.query("SELECT set_config('search_path', $1, false)", [pg.escapeIdentifier(schema)]);

/** One statement, on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  address: Address,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: PATIENCE_MS });
  await client.connect();
  try {
    await enterSchema(client, address);
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Creates the database of the address, if it is missing. */
export async function createDatabase(address: Address): Promise<void> {
  try {
    await query(atDatabase(address, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(address.database)}`);
  } catch (error) {
    if (codeOf(error) !== DUPLICATE_DATABASE) throw error;
  }
}

export const dropDatabase = (address: Address): Promise<unknown> =>
  query(
    atDatabase(address, 'postgres'),
    `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(address.database)} WITH (FORCE)`,
  );

/** Creates the schema of the address. Looks first: a role may be allowed to use one and not to make one. */
export async function createSchema(address: Address): Promise<void> {
  const found = await query(address, 'SELECT FROM pg_namespace WHERE nspname = $1', [address.schema]);
  if (found.length === 0) await query(address, `CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(address.schema)}`);
}

/** Of Postgres, Node or a URL; empty when the error has none. */
export const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';
