import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nameOf } from '../database-commands/drop-own-objects.ts';
import { inventoryOf, listed } from '../database-commands/inventory.ts';
import { query } from '../database-commands/query.ts';
import { CommandFailed, PRISMA, requireNode } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { prismaEnvironment } from '../servers/shell-environment.ts';
import { contentsOf } from './build/sources.ts';
import { Problem } from './settings/settings.ts';

/** Checksums by name, as Prisma writes them down. */
type Migrations = ReadonlyMap<string, string>;

const APPLIED =
  'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';

/**
 * Asks the database first: Prisma's own answer takes a second, this one some milliseconds.
 * @param startOver what to do to begin with an empty database
 * @returns how many migrations were applied
 */
export async function migrateIfNeeded(databaseUrl: string, startOver: string, signal: AbortSignal): Promise<number> {
  await requireNoStranger(databaseUrl);
  const pending = await countPending(databaseUrl, startOver);
  if (pending === 0) return 0;

  const env = { ...prismaEnvironment(), DATABASE_DIRECT_URL: databaseUrl };
  await requireNode([PRISMA, 'migrate', 'deploy'], { env, signal }).catch((error: unknown) => {
    if (error instanceof CommandFailed) console.error(error.output);
    throw new Problem(
      `The migrations could not be applied; the reason stands above. To begin with an empty database: ${startOver}`,
    );
  });
  return pending;
}

/** @throws Problem when the database and this checkout do not belong together */
export async function countPending(databaseUrl: string, startOver: string): Promise<number> {
  const [applied, here] = [await readApplied(databaseUrl), readMigrations()];
  const problem = differenceBetween(applied, here);
  if (problem) throw new Problem(`${problem} To begin with an empty database: ${startOver}`);
  return here.size - applied.size;
}

/** What Prisma would refuse to migrate, and advice that ends in deleting it would be wrong. */
async function requireNoStranger(databaseUrl: string): Promise<void> {
  const { own, foreign } = await inventoryOf(databaseUrl);
  if (own.length > 0 || foreign.length === 0) return;
  throw new Problem(
    `The ${nameOf(databaseUrl)} is not one of this service. It holds ${listed(foreign, 5)}, and nothing in it was changed. ` +
      'Let DATABASE_URL name another one, which is created if it does not exist, or unset it: npm start then brings its own.',
  );
}

/** Those of this checkout. */
export function readMigrations(): Migrations {
  const contents = contentsOf(globSync('prisma/migrations/*/migration.sql', { cwd: ROOT }));
  return new Map([...contents].map(([file, checksum]) => [basename(dirname(file)), checksum]));
}

function differenceBetween(applied: Migrations, here: Migrations): string | null {
  for (const [name, checksum] of applied) {
    if (!here.has(name)) return `The database has a migration that this checkout has not, ${name}: get newer code.`;
    if (here.get(name) !== checksum) return `The migration ${name} was changed after it was applied: undo the change.`;
  }
  return null;
}

/** Those that ended well; none while the database or its table of migrations does not exist. */
async function readApplied(databaseUrl: string): Promise<Migrations> {
  try {
    const rows = await query<{ name: string; checksum: string }>(databaseUrl, APPLIED);
    return new Map(rows.map(({ name, checksum }) => [name, checksum]));
  } catch (error) {
    const isEmpty = ['3D000', '42P01'].includes((error as { code?: string }).code ?? '');
    if (isEmpty) return new Map();
    throw error;
  }
}
