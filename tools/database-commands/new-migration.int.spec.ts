import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { Refusal } from './environment.ts';
import { nameOf, nextTimestamp, writeMigration } from './new-migration.ts';
import { query } from './query.ts';

const databaseUrl = process.env.DATABASE_URL ?? '';

/** A copy of the models and migrations that a test may change. */
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'new-migration-')), 'prisma');
  cpSync(join(ROOT, 'prisma'), folder, { recursive: true });
});
afterEach(() => rmSync(dirname(folder), { recursive: true }));

const add = (model: string): void => appendFileSync(join(folder, 'models/platform.prisma'), `\n${model}\n`);
const migrations = (): string[] => readdirSync(join(folder, 'migrations'));

function addMigration(name: string, sql: string): void {
  mkdirSync(join(folder, 'migrations', name));
  writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql);
}

describe('npm run db:new', () => {
  it('writes what the models have beyond the migrations, once, and leaves the database as it is', async () => {
    add('model Extra {\n  id Int @id\n}');

    const file = writeMigration(folder, 'Add the extras!', { databaseUrl }) ?? '';
    const again = writeMigration(folder, 'again', { databaseUrl });
    const [row] = await query<{ name: string | null }>(databaseUrl, `SELECT to_regclass('"Extra"')::text AS name`);

    expect(basename(dirname(file))).toMatch(/^\d{14}_add_the_extras$/);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^SET LOCAL lock_timeout = .*\n\n-- CreateTable\nCREATE TABLE "Extra" \(/,
    );
    expect([again, row?.name]).toEqual([null, null]);
    expect(
      migrations()
        .sort()
        .indexOf(basename(dirname(file))),
    ).toBe(migrations().length - 2);
  });

  it.each<[string, () => void, RegExp]>([
    ['a model that Prisma refuses', () => add('model Broken {\n  id Nothing\n}'), /Broken/],
    [
      'a migration that fails',
      () => addMigration('29990101000000_broken', 'SELECT no_such_function();'),
      /no_such_function/,
    ],
  ])('says why it writes nothing for %s', async (_, breakIt, reason) => {
    breakIt();
    const before = migrations();

    const writing = Promise.resolve().then(() => writeMigration(folder, 'x', { databaseUrl }));

    await expect(writing).rejects.toThrow(Refusal);
    await expect(writing).rejects.toThrow(reason);
    expect(migrations()).toEqual(before);
  });

  it('never writes one that would run before another', () => {
    addMigration('29990101235959_ahead', 'SELECT 1;');

    expect(nextTimestamp(folder, new Date('2030-01-02T03:04:05.678Z'))).toBe('29990101235960');
    rmSync(join(folder, 'migrations/29990101235959_ahead'), { recursive: true });
    expect(nextTimestamp(folder, new Date('2030-01-02T03:04:05.678Z'))).toBe('20300102030405');
  });

  it.each(['', ' ', '/', '年'])('asks for a name instead of %j', (title) => {
    expect(() => nameOf(title)).toThrow(/npm run db:new -- add-invoices/);
  });
});
