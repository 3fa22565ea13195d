import { addressOf, codeOf, createDatabase, query } from '../engine/connection.ts';

const COMMANDS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'can-connect-to-database': async (url) => query(addressOf(url), 'SELECT 1'),
  'create-database': async (url) => createDatabase(addressOf(url)),
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
  const code = codeOf(error);
  if (code === 'ERR_INVALID_URL')
    return { error_code: 'P1013', message: 'The connection string is no URL such as postgresql://user@host/database.' };
  const { host, database } = addressOf(url);
  if (code === '3D000')
    return { error_code: 'P1003', message: `Database \`${database}\` does not exist at \`${host}\`.` };
  if (code === '28P01' || code === '28000')
    return { error_code: 'P1000', message: `Authentication failed at \`${host}\`.` };
  if (/^E[A-Z]+$/.test(code))
    return { error_code: 'P1001', message: `No database server can be reached at \`${host}\`.` };
  return { error_code: code || 'P1011', message: error instanceof Error ? error.message : String(error) };
}
