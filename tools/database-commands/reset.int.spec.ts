import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { atDatabase, postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { cloneDatabase, dropDatabase, migratedTemplate } from '../databases/migrated-template.ts';
import { migrateIfNeeded } from '../local/migrate.ts';
import { query } from './query.ts';
import { prisma, run } from './running.ts';

const SERVER = process.env.DATABASE_URL ?? '';
const RESET = 'tools/database-commands/reset.ts';
const { host, port } = postgresAddress(SERVER);

const made: string[] = [];
afterAll(() => Promise.all(made.map((url) => dropDatabase(SERVER, postgresAddress(url).database))));

const named = () => `guarded_${randomUUID()}`;
function remembered(url: string): string {
  made.push(url);
  return url;
}

/** Somebody else's, which happens to have a table of the same name. */
async function aForeignDatabase(): Promise<string> {
  const url = remembered(atDatabase(SERVER, named()));
  await query(atDatabase(SERVER, 'postgres'), `CREATE DATABASE "${postgresAddress(url).database}"`);
  await query(
    url,
    'CREATE TABLE users (id int); CREATE TABLE invoices (id int); CREATE VIEW recent AS SELECT id FROM invoices',
  );
  return url;
}

async function aDatabaseOfOurs(): Promise<string> {
  const url = remembered(await cloneDatabase(SERVER, await migratedTemplate(SERVER), named()));
  await query(url, "INSERT INTO roles (name) VALUES ('kept')");
  return url;
}

const tablesOf = async (url: string) =>
  (await query<{ name: string }>(url, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")).length;
const keeps = async (url: string) => (await query(url, "SELECT FROM roles WHERE name = 'kept'")).length === 1;

const reset = (url: string, env: NodeJS.ProcessEnv = {}) => run(RESET, ['--yes'], { DATABASE_URL: url, ...env });

describe('what deletes tables', () => {
  const FOREIGN = /holds what the migrations of this checkout did not make: [^.]*invoices, users, view recent/;
  const WHOLE_SCHEMA = /would drop the whole schema, also what the migrations did not make[^]*npm run db:reset/;
  const PUSH = ['db', 'push', '--accept-data-loss'];

  it.each<[string, RegExp, (url: string) => Promise<{ code: number; output: string }>]>([
    ['npm run db:reset', FOREIGN, reset],
    ['prisma db push', FOREIGN, (url) => prisma(PUSH, { DATABASE_URL: url })],
    ['prisma db push --url', FOREIGN, (url) => prisma([...PUSH, `--url=${url}`], { DATABASE_URL: SERVER })],
    ['prisma db push --force-reset', WHOLE_SCHEMA, (url) => prisma([...PUSH, '--force-reset'], { DATABASE_URL: url })],
    ['prisma migrate reset', WHOLE_SCHEMA, (url) => prisma(['migrate', 'reset', '--force'], { DATABASE_URL: url })],
    [
      'prisma --config … migrate reset',
      WHOLE_SCHEMA,
      (url) => prisma(['--config', 'prisma.config.ts', 'migrate', 'reset', '--force'], { DATABASE_URL: url }),
    ],
  ])('deletes nothing of a database that is not ours: %s', async (_, expected, destroy) => {
    const url = await aForeignDatabase();
    await query(url, 'CREATE TABLE _prisma_migrations (migration_name text)');
    await query(url, "INSERT INTO _prisma_migrations VALUES ('20200101000000_of_another_project')");

    const { code, output } = await destroy(url);

    expect(output).toMatch(expected);
    expect([code, await tablesOf(url)]).toEqual([1, 3]);
  });

  it('deletes nothing of ours while something foreign stands beside it', async () => {
    const url = await aDatabaseOfOurs();
    await query(url, 'CREATE TABLE "Reports" (id int)');

    const { code, output } = await reset(url);

    expect(output).toMatch(/did not make: Reports\. Nothing was deleted/);
    expect([code, await keeps(url)]).toEqual([1, true]);
  });

  it('deletes nothing in production', async () => {
    const url = await aDatabaseOfOurs();

    const { code, output } = await reset(url, { NODE_ENV: 'production' });

    expect(output).toMatch(/NODE_ENV=production: nothing is deleted/);
    expect([code, await keeps(url)]).toEqual([1, true]);
  });
});

describe('npm run db:reset', () => {
  it('names host, database and number of tables, and does nothing where nobody can be asked', async () => {
    const url = await aDatabaseOfOurs();

    const { code, output } = await run(RESET, [], { DATABASE_URL: url });

    const tables = await tablesOf(url);
    expect(output).toContain(
      `deletes ${tables} tables, with all that is in them, from the database "${postgresAddress(url).database}" at ${host}:${port}`,
    );
    expect(output).toMatch(/db:reset -- --yes/);
    expect([code, await keeps(url)]).toEqual([1, true]);
  });

  it('makes the tables anew when it is told so', async () => {
    const url = await aDatabaseOfOurs();
    const tables = await tablesOf(url);

    const { code } = await reset(url);

    expect([code, await tablesOf(url), await keeps(url)]).toEqual([0, tables, false]);
    expect(await migrateIfNeeded(url, 'begin again', new AbortController().signal)).toBe(0);
  });

  it('takes nothing along that depends on our tables from elsewhere', async () => {
    const url = await aDatabaseOfOurs();
    await query(url, 'CREATE SCHEMA reports; CREATE VIEW reports.names AS SELECT name FROM public.roles');

    const { code, output } = await reset(url);

    expect(output).toMatch(/what is not ours depends on it: view reports\.names/);
    expect([code, await keeps(url)]).toEqual([1, true]);
    expect(await query(url, 'SELECT name FROM reports.names')).toContainEqual({ name: 'kept' });
  });
});

describe('npm start on a database that is not ours', () => {
  it('gives advice that destroys nothing', async () => {
    const url = await aForeignDatabase();

    const start = migrateIfNeeded(url, 'npm run db:reset', new AbortController().signal);

    await expect(start).rejects.toThrow(
      /is not one of this service. It holds invoices, users, view recent[^]*another one/,
    );
    await expect(start).rejects.not.toThrow(/reset|delete|empty/);
    expect(await tablesOf(url)).toBe(2);
  });
});

describe('a shadow database', () => {
  const compare = (url: string, SHADOW_DATABASE_URL: string) =>
    prisma(['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma', '--exit-code'], {
      DATABASE_URL: url,
      SHADOW_DATABASE_URL,
    });

  it('is emptied at every use, once it was empty', async () => {
    const [url, shadow] = [await aDatabaseOfOurs(), remembered(atDatabase(SERVER, named()))];
    await query(atDatabase(SERVER, 'postgres'), `CREATE DATABASE "${postgresAddress(shadow).database}"`);

    const codes = [(await compare(url, shadow)).code, (await compare(url, shadow)).code];

    expect([codes, await keeps(url)]).toEqual([[0, 0], true]);
  });

  it("is not the service's own, and not somebody else's", async () => {
    const [url, foreign] = [await aDatabaseOfOurs(), await aForeignDatabase()];

    const [own, other] = [await compare(url, `${url}?sslmode=disable`), await compare(url, foreign)];

    expect(own.output).toMatch(/SHADOW_DATABASE_URL and DATABASE_URL name one database/);
    expect(other.output).toMatch(/SHADOW_DATABASE_URL names the database [^]*not empty/);
    expect([await keeps(url), await tablesOf(foreign)]).toEqual([true, 2]);
  });
});
