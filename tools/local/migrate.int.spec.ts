import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { query } from '../database-commands/query.ts';
import { dropDatabase } from '../databases/migrated-template.ts';
import { migrateIfNeeded } from './migrate.ts';

const { signal } = new AbortController();

/** A database of this test's own that does not exist yet. */
function setup() {
  const server = process.env.DATABASE_URL ?? '';
  const name = `migrate_${randomUUID()}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  return { url, migrate: () => migrateIfNeeded(url, 'begin again', signal), remove: () => dropDatabase(server, name) };
}

describe('migrating at start', () => {
  it('creates the database, applies what is pending, and then finds nothing to do', async () => {
    const { migrate, remove } = setup();

    const first = await migrate();
    const second = await migrate();
    await remove();

    expect(first).toBeGreaterThan(0);
    expect(second).toBe(0);
  });

  it('stops at a migration that was changed after it was applied, or that is not here', async () => {
    const { url, migrate, remove } = setup();
    await migrate();
    const future = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', 'of-the-future', now())`;
    await query(url, future);
    const unknown = migrate();
    await expect(unknown).rejects.toThrow(/of-the-future/);
    await query(url, `DELETE FROM _prisma_migrations WHERE migration_name = 'of-the-future'`);
    await query(url, `UPDATE _prisma_migrations SET checksum = 'other'`);
    const changed = migrate();
    await expect(changed).rejects.toThrow(/was changed after it was applied.*begin again/);
    await remove();
  });
});
