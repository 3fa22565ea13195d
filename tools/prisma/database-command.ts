import pg from 'pg';
import {
  atDatabase,
  postgresAddress,
  UnusableConnectionString,
} from '../../libs/platform/config/values/connection-strings.ts';
import { query } from '../database-commands/query.ts';

const DUPLICATE_DATABASE = '42P04';

/** Creates the database that the URL names, if it is missing. */
export async function createDatabase(url: string): Promise<string> {
  const { database: name } = postgresAddress(url);
  try {
    await query(atDatabase(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (codeOf(error) !== DUPLICATE_DATABASE) throw error;
  }
  return name;
}

/** Creates the schema that the URL names. Looks first: a role may be allowed to use one and not to make one. */
export async function createSchema(url: string): Promise<void> {
  const { schema } = postgresAddress(url);
  const found = await query(url, 'SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (found.length === 0) await query(url, `CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
}

export const dropDatabase = (url: string): Promise<unknown> =>
  query(
    atDatabase(url, 'postgres'),
    `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(postgresAddress(url).database)} WITH (FORCE)`,
  );

const COMMANDS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'can-connect-to-database': (url) => query(url, 'SELECT 1'),
  'create-database': createDatabase,
};

/** Answers as the native engine does: the exit code, and a failure as JSON lines on standard error. */
export async function runDatabaseCommand(command: string, url: string): Promise<number> {
  try {
    const run = COMMANDS[command];
    if (!run) throw new Error(`Unknown command ${command}`);
    await run(url);
    return 0;
  } catch (error) {
    // Prisma skips the first line, where the native engine says hello.
    log('INFO', { message: 'Starting' });
    log('ERROR', { is_panic: false, ...explain(error, url) });
    return 1;
  }
}

export function log(level: 'INFO' | 'ERROR', fields: object): void {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Prisma's codes, which its command line turns into advice. */
function explain(error: unknown, url: string): { error_code: string; message: string } {
  if (error instanceof UnusableConnectionString)
    return { error_code: 'P1013', message: `DATABASE_URL ${error.message}.` };
  const { host, database } = postgresAddress(url);
  const code = codeOf(error);
  if (code === '3D000')
    return { error_code: 'P1003', message: `Database \`${database}\` does not exist at \`${host}\`.` };
  if (code === '28P01' || code === '28000')
    return { error_code: 'P1000', message: `Authentication failed at \`${host}\`.` };
  if (/^E[A-Z]+$/.test(code))
    return { error_code: 'P1001', message: `No database server can be reached at \`${host}\`.` };
  return { error_code: code || 'P1011', message: error instanceof Error ? error.message : String(error) };
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';
