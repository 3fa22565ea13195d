import pg from 'pg';
import { atDatabase, databaseName, withoutPrismaParameters } from './database-url.ts';

const DUPLICATE_DATABASE = '42P04';

/** Runs one statement on a connection of its own. */
export async function runSql<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: withoutPrismaParameters(url) });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Creates the database that the URL names, if it is missing. */
export async function createDatabase(url: string): Promise<string> {
  const name = databaseName(url);
  try {
    await runSql(atDatabase(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (codeOf(error) !== DUPLICATE_DATABASE) throw error;
  }
  return name;
}

export const dropDatabase = (url: string): Promise<unknown> =>
  runSql(atDatabase(url, 'postgres'), `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(databaseName(url))} WITH (FORCE)`);

const COMMANDS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'can-connect-to-database': (url) => runSql(url, 'SELECT 1'),
  'create-database': createDatabase,
  'drop-database': dropDatabase,
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
  const { host } = new URL(url);
  const code = codeOf(error);
  if (code === '3D000') return { error_code: 'P1003', message: `Database \`${databaseName(url)}\` does not exist at \`${host}\`.` };
  if (code === '28P01' || code === '28000') return { error_code: 'P1000', message: `Authentication failed at \`${host}\`.` };
  if (/^E[A-Z]+$/.test(code)) return { error_code: 'P1001', message: `No database server can be reached at \`${host}\`.` };
  return { error_code: code || 'P1011', message: error instanceof Error ? error.message : String(error) };
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';
