import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { programServers } from '../testing/servers/worker-servers.js';

/** What a privilege is missing for. */
const REFUSED = '42501';
const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL });
  await client.connect();
});
afterAll(() => client.end());
beforeEach(async () => void (await client.query('BEGIN')));
afterEach(async () => void (await client.query('ROLLBACK')));

/** From here to the end of the test. */
const becomeTheService = () => client.query('SET LOCAL ROLE app_service');

async function codeOf(statement: string): Promise<string | undefined> {
  await becomeTheService();
  return client.query(statement).then(
    () => undefined,
    ({ code }: pg.DatabaseError) => code,
  );
}

async function anAuditEvent(at: string, type = 'tests.happened'): Promise<string> {
  const id = randomUUID();
  await client.query('INSERT INTO audit_events (id, type, at) VALUES ($1, $2, now() - $3::interval)', [id, type, at]);
  return id;
}

it('whole-system tests let programs sign in as somebody who serves, and owns nothing', async () => {
  const programs = new pg.Client({ connectionString: programServers().DATABASE_URL });
  await programs.connect();

  const { rows } = await programs.query(
    `SELECT pg_has_role('app_service', 'MEMBER') AS "serves", pg_has_role(relowner, 'MEMBER') AS "owns", rolsuper AS "rules"
     FROM pg_class, pg_roles WHERE pg_class.oid = 'users'::regclass AND rolname = current_user`,
  );
  await programs.end();

  expect(rows).toEqual([{ serves: true, owns: false, rules: false }]);
});

describe('the role that serves', () => {
  it('reads and writes rows of every table; of the audit it only adds, and what was migrated it only reads', async () => {
    const { rows } = await client.query<{ name: string; may: string }>(
      `SELECT relname AS name, (
         SELECT string_agg(privilege, ',' ORDER BY place) FROM unnest($1::text[]) WITH ORDINALITY AS asked (privilege, place)
         WHERE has_table_privilege('app_service', oid, privilege)) AS may
       FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')`,
      [PRIVILEGES],
    );

    const special = rows.filter(({ may }) => may !== 'SELECT,INSERT,UPDATE,DELETE');
    expect(Object.fromEntries(special.map(({ name, may }) => [name, may]))).toEqual({
      ...Object.fromEntries(
        rows.filter(({ name }) => name.startsWith('audit_')).map(({ name }) => [name, 'SELECT,INSERT']),
      ),
      _prisma_migrations: 'SELECT',
    });
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['users', 'audit_events']));
  });

  it.each([
    'CREATE TABLE intruder ()',
    'CREATE FUNCTION intruder() RETURNS integer LANGUAGE sql RETURN 1',
    'DROP TABLE users',
    'ALTER TABLE users ADD COLUMN intruder text',
    'CREATE INDEX intruder ON users (name)',
    'TRUNCATE sessions',
    'CREATE ROLE intruder',
    "UPDATE audit_events SET type = 'nothing.happened'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'DELETE FROM _prisma_migrations',
  ])('may not: %s', async (statement) => {
    expect(await codeOf(statement)).toBe(REFUSED);
  });

  it('may use what later migrations make, without a word in them', async () => {
    await client.query('CREATE TABLE later (id serial, note text)');

    expect(await codeOf("INSERT INTO later (note) VALUES ('new')")).toBeUndefined();
    expect(await codeOf('UPDATE later SET note = note || note')).toBeUndefined();
    expect(await codeOf('DELETE FROM later')).toBeUndefined();
  });

  it('takes out of the audit what is older than a year, and neither more nor changes of keys', async () => {
    const old = await anAuditEvent('13 months');
    const kept = [await anAuditEvent('11 months'), await anAuditEvent('13 months', 'signing-keys.changed')];

    await becomeTheService();
    await client.query('SELECT FROM remove_expired_audit_events(5000)');

    const { rows } = await client.query('SELECT id FROM audit_events WHERE id = ANY($1)', [[old, ...kept]]);
    expect(rows.map(({ id }: { id: string }) => id).sort()).toEqual(kept.toSorted());
  });

  it('does not lead the owner, who removes them, to a table of its own', async () => {
    const old = await anAuditEvent('13 months');

    await becomeTheService();
    await client.query('CREATE TEMPORARY TABLE audit_events (id uuid, type text, at timestamptz)');
    await client.query('SELECT FROM remove_expired_audit_events(5000)');
    await client.query('DROP TABLE pg_temp.audit_events');

    expect((await client.query('SELECT FROM audit_events WHERE id = $1', [old])).rowCount).toBe(0);
  });
});
