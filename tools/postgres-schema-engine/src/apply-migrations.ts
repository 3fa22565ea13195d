import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, codeOf, createDatabase, createSchema } from './engine/connection.ts';
import { postgresFactory } from './engine/postgres-factory.ts';
import { createEngine } from './engine/wasm-engine.ts';

const NO_SUCH_DATABASE = '3D000';
const LOCKFILE = 'migration_lock.toml';

/**
 * What `prisma migrate deploy` does, without Prisma's command line, for images that are to serve and migrate. The database and its schema are
 * made when they are missing. Two processes wait for each other: the engine holds a lock of Postgres. Once in a process, which has to be ended
 * then: the engine keeps its connection and a timer, and is not made to begin anew.
 * @param folder absolute, of the migrations
 * @returns the names of those that were applied
 * @throws Error with what Postgres says about the migration that failed, or about the connection
 */
export async function applyMigrations(url: string, folder: string): Promise<readonly string[]> {
  await createWhatIsMissing(url);
  let explanation: string | undefined;
  const factory = postgresFactory({ url }, (text) => (explanation = text));
  try {
    const engine = await createEngine([], factory);
    const filters = { externalTables: [], externalEnums: [] };
    const applied = await engine.applyMigrations?.({ migrationsList: read(folder), filters });
    return (applied as { appliedMigrationNames: string[] }).appliedMigrationNames;
  } catch (error) {
    throw new Error([(error as Error).message, explanation].filter(Boolean).join('\n\n'), { cause: error });
  }
}

async function createWhatIsMissing(url: string): Promise<void> {
  const address = addressOf(url);
  try {
    await createSchema(address);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
    await createDatabase(address);
    await createSchema(address);
  }
}

/** As Prisma's command line hands it over. */
function read(folder: string) {
  const lockfile = join(folder, LOCKFILE);
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir: folder,
    lockfile: { path: LOCKFILE, content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names.map(({ name }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
