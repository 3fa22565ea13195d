import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/test-database.js';
import { Migrations } from './migrations.js';

/** In the order in which they are applied. */
const ALL = readdirSync('prisma/migrations')
  .filter((name) => /^\d+_/.test(name))
  .sort();

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

describe('Migrations', () => {
  it('has none to wait for when the database is at head', async () => {
    expect(await new Migrations(database).pending()).toEqual([]);
  });

  it('names those that are missing, until they are applied', async () => {
    const migrations = new Migrations(database);
    const before = await database
      .transaction(async () => {
        await database.query({ name: 'tests.unapply', text: 'UPDATE _prisma_migrations SET finished_at = NULL' });
        const pending = await migrations.pending();
        throw Object.assign(new Error('rolled back'), { pending });
      })
      .catch(({ pending }: { pending: string[] }) => pending);

    expect(before).toEqual(ALL);
    expect(await migrations.pending()).toEqual([]);
  });

  it('names all of them when the database is empty', async () => {
    const pending = await database
      .transaction(async () => {
        await database.query({ name: 'tests.no-migrations', text: 'ALTER TABLE _prisma_migrations RENAME TO nowhere' });
        throw Object.assign(new Error('rolled back'), { pending: await new Migrations(database).pending() });
      })
      .catch(({ pending }: { pending: string[] }) => pending);

    expect(pending).toEqual(ALL);
  });
});
