import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { query } from '../database-commands/query.ts';
import { CommandFailed, requireNode } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { Problem } from './settings/settings.ts';

const SEED = join(ROOT, 'prisma/seed.ts');

/** @returns false when this database was seeded from here before and still has its administrator */
export async function seedIfNeeded(directory: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  const { DATABASE_URL = '', DATABASE_DIRECT_URL, ADMIN_EMAIL = '', ADMIN_PASSWORD = '' } = env;
  const mark = join(directory, 'seeded-with');
  const parts = [readFileSync(SEED, 'utf8'), ADMIN_EMAIL, ADMIN_PASSWORD, DATABASE_URL];
  const state = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const isMarked = existsSync(mark) && readFileSync(mark, 'utf8') === state;
  if (
    isMarked &&
    (await query(DATABASE_DIRECT_URL || DATABASE_URL, 'SELECT FROM users WHERE email = $1', [ADMIN_EMAIL])).length > 0
  )
    return false;

  await requireNode([SEED], { env, signal }).catch((error: unknown) => {
    if (error instanceof CommandFailed) console.error(error.output);
    throw new Problem('The database could not be seeded by prisma/seed.ts; the reason stands above.');
  });
  writeFileSync(mark, state);
  return true;
}
