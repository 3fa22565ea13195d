import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { newMigrations, placed, withoutTables } from './migrations.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function aVersion(migrations: Record<string, string>, absentTables: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'version-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(folder, 'prisma/migrations', name), { recursive: true });
    writeFileSync(join(folder, 'prisma/migrations', name, 'migration.sql'), sql);
  }
  return { folder, absentTables, commit: 'c', number: '1.0.0' };
}

const LOCK = "SET LOCAL lock_timeout = '5s';\n";
const USERS = 'ALTER TABLE "users" ADD COLUMN "a" TEXT;\n';

describe('migrations that the template has got', () => {
  it('come in their order, without those that were there', () => {
    const before = aVersion({ '1_first': 'SELECT 1;' });
    const after = aVersion({ '1_first': 'SELECT 1;', '3_later': USERS, '2_more': LOCK + USERS });

    expect(newMigrations(before, after)).toEqual([
      { name: 'more', sql: LOCK + USERS },
      { name: 'later', sql: USERS },
    ]);
  });

  it('do not come when all of it is about parts that the project does without', () => {
    const after = aVersion({ '1_orders': `${LOCK}-- CreateIndex\nCREATE INDEX "orders_x_idx" ON "orders"("x");` }, [
      'orders',
    ]);

    expect(newMigrations(aVersion({}), after)).toEqual([]);
  });

  it('stand behind all of the project’s own', () => {
    const { folder } = aVersion({ '20300101000000_mine': 'SELECT 1;' });
    const migrations = [
      { name: 'one', sql: '1' },
      { name: 'two', sql: '2' },
    ];

    expect([...placed(folder, migrations, new Date('2029-12-31T00:00:00Z'))]).toEqual([
      ['prisma/migrations/20300101000001_one/migration.sql', '1'],
      ['prisma/migrations/20300101000002_two/migration.sql', '2'],
    ]);
  });
});

describe('what a migration says of tables that a project does not have', () => {
  it.each([
    'CREATE TABLE "orders" ("id" UUID);',
    'CREATE TYPE "order_status" AS ENUM (\'placed\');',
    '-- Fast.\nCREATE INDEX "orders_a_idx" ON "orders"("a");',
    'DROP INDEX "orders_a_idx";',
    'ALTER TABLE "orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id");',
  ])('is left out: %s', (statement) => {
    expect(withoutTables(`${USERS}\n${statement}\n`, ['orders', 'order_status']).trim()).toBe(USERS.trim());
  });

  it.each([
    'ALTER TABLE "users" ADD COLUMN "orders_seen" INTEGER;',
    'CREATE TABLE "reorders" ("id" UUID);',
    'INSERT INTO "roles" ("name") VALUES (\'orders\');',
  ])('is only that: %s', (statement) => {
    expect(withoutTables(statement, ['orders', 'order_status'])).toBe(statement);
  });
});
