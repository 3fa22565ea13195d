import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ArchivedPostgres,
  describeWithArchive,
  startArchivedPostgres,
} from '#platform/testing/servers/archived-postgres.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** How many rows each table has. */
async function countRows(url: string): Promise<Readonly<Record<string, number>>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM "${name}"`);
  const rows = await query<{ name: string; rows: number }>(url, counts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}

async function timeOf(url: string): Promise<Date> {
  const [row] = await query<{ now: Date }>(url, 'SELECT clock_timestamp() AS now');
  return row?.now ?? new Date(Number.NaN);
}

// docs/backup-and-restore.md tells operators of it.
describeWithArchive('a drill: somebody deletes every user, and the database is restored to the moment before', () => {
  let postgres: ArchivedPostgres;
  let restored: System;
  let people: Person[];
  let before: Readonly<Record<string, number>>;
  let after: Readonly<Record<string, number>>;
  beforeAll(async () => {
    postgres = await startArchivedPostgres();
    const system = await startSystem({ DATABASE_URL: postgres.url });
    const early = await signUp(system);
    await postgres.backUp();
    people = [early, await signUp(system)];
    await system.stop();
    before = await countRows(postgres.url);
    const moment = await timeOf(postgres.url);

    await query(postgres.url, 'TRUNCATE users CASCADE');
    await postgres.archive();
    const url = await postgres.restoreTo(moment);
    after = await countRows(url);
    restored = await startSystem({ DATABASE_URL: url });
  });
  afterAll(async () => {
    await restored?.stop();
    await postgres.stop();
  });

  it('every table has the rows that it had, whether they are older than the backup or not', () => {
    expect(before).toMatchObject({ users: 2, sessions: 2 });
    expect(after).toEqual(before);
  });

  it('people sign in with the passwords that they had, those as well who came after the backup', async () => {
    for (const { email, password } of people) {
      const { status } = await restored.client.post('/v1/auth/login', { email, password }, fromElsewhere());

      expect(status).toBe(200);
    }
  });

  it('somebody new can register, and is written a mail', async () => {
    expect(await signUp(restored)).toMatchObject({ token: expect.any(String) });
  });
});
