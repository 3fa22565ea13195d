import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PRISMA } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { Refusal } from './environment.ts';
import { withLockTimeout } from './lock-timeout.ts';

/** What `prisma migrate diff --exit-code` answers. */
const SAME = 0;
const DIFFERENT = 2;

export type Addresses = Readonly<{ databaseUrl: string; shadowDatabaseUrl?: string | undefined }>;

/**
 * Writes the migration that leads from those in `folder` to the models beside them. The database lends its server for a moment, to apply the
 * migrations to an empty database; it is not read and not changed itself.
 * @returns the file, or null when the migrations make the models already
 * @throws Refusal with Prisma's reason
 */
export function writeMigration(folder: string, title: string, addresses: Addresses): string | null {
  const sql = difference(folder, addresses);
  if (sql === null) return null;

  const file = join(folder, 'migrations', `${nextTimestamp(folder, new Date())}_${nameOf(title)}`, 'migration.sql');
  mkdirSync(dirname(file));
  writeFileSync(file, withLockTimeout(sql));
  return file;
}

/** @throws Refusal when nothing is left of it */
export function nameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  if (name === '')
    throw new Refusal('Say what the migration is about, in letters a to z: npm run db:new -- add-invoices');
  return name;
}

/** Of the clock, unless the last migration was made by one that was ahead: they run in the order of their names. */
export function nextTimestamp(folder: string, now: Date): string {
  const here = globSync('migrations/*/migration.sql', { cwd: folder }).map((file) =>
    parseInt(basename(dirname(file)), 10),
  );
  const clock = Number(now.toISOString().replaceAll(/\D/g, '').slice(0, 14));
  return String(Math.max(clock, ...here.map((last) => last + 1)));
}

function difference(folder: string, { databaseUrl, shadowDatabaseUrl }: Addresses): string | null {
  const compare = [
    'migrate',
    'diff',
    '--from-migrations',
    join(folder, 'migrations'),
    '--to-schema',
    folder,
    '--script',
    '--exit-code',
  ];
  const known = {
    DATABASE_DIRECT_URL: databaseUrl,
    SHADOW_DATABASE_URL: shadowDatabaseUrl,
    DATABASE_DIRECT_URL_FILE: undefined,
    SHADOW_DATABASE_URL_FILE: undefined,
  };
  const env = { ...process.env, ...known };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PRISMA, ...compare], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

  if (status === SAME) return null;
  if (status === DIFFERENT) return stdout;
  throw new Refusal(
    `Nothing was written: Prisma could not compare the models with the migrations.\n${stdout}${stderr}`.trim(),
  );
}
