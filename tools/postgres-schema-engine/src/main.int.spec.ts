import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atDatabase, createDatabase, query } from './engine/connection.ts';
import { fixtureProject } from './testing/fixture-project.ts';

// Databases are made beside it.
const SERVER = process.env.DATABASE_URL ?? '';
const NO_SERVER = { DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/none' };
const DIFF = ['migrate', 'diff', '--to-schema', 'models.prisma'];
const DRIFT = [...DIFF, '--from-migrations', 'migrations', '--exit-code'];

const setup = () => fixtureProject(SERVER);

describe('prisma on the engine from npm', () => {
  it('writes the SQL of the models without any server', async () => {
    const project = setup();

    const { code, output } = await project.prisma([...DIFF, '--from-empty', '--script'], NO_SERVER);
    await project.remove();

    expect(code).toBe(0);
    expect(output).toContain('CREATE TABLE "Account"');
  });

  it('finds that the migrations make exactly the schema of the models', async () => {
    const project = setup();

    const { code, output } = await project.prisma(DRIFT, { DATABASE_URL: SERVER });
    await project.remove();

    expect(output).toContain('No difference detected');
    expect(code).toBe(0);
  });

  it('exits with 2 when a model has drifted from the migrations', async () => {
    const project = setup();
    project.write('models.prisma', project.models.replace('@unique', '@unique\n  drifted String?'));

    const { code, output } = await project.prisma(DRIFT, { DATABASE_URL: SERVER });
    await project.remove();

    expect(output).toContain('drifted');
    expect(code).toBe(2);
  });

  it('creates the database and its schema, applies every migration and then has nothing left to do', async () => {
    const project = setup();
    const inSchema = { DATABASE_URL: `${project.url}?schema=shop` };

    const deploy = await project.prisma(['migrate', 'deploy'], inSchema);
    const status = await project.prisma(['migrate', 'status'], inSchema);
    const tables = await query(project.address, "SELECT schemaname FROM pg_tables WHERE tablename = 'Account'");
    await project.remove();

    expect(deploy.code).toBe(0);
    expect(status.output).toContain('Database schema is up to date');
    expect(tables).toEqual([{ schemaname: 'shop' }]);
  });

  it('writes a new migration and starts over with all of them', async () => {
    const project = setup();
    await project.prisma(['migrate', 'deploy']);
    project.write('models.prisma', `${project.models}\nmodel Extra {\n  id Int @id\n}\n`);

    const created = await project.prisma(['migrate', 'dev', '--create-only', '--name', 'extra']);
    const reset = await project.prisma(['migrate', 'reset', '--force']);
    const [row] = await query<{ name: string }>(project.address, `SELECT to_regclass('"Extra"')::text AS name`);
    const names = readdirSync(join(project.directory, 'migrations')).filter((name) => name.endsWith('_extra'));
    await project.remove();

    expect([created.code, reset.code, names.length]).toEqual([0, 0, 1]);
    expect(row?.name).toBe('"Extra"');
  });

  it('makes what the models say without any migration', async () => {
    const project = setup();

    const { code } = await project.prisma(['db', 'push']);
    const found = await query(project.address, 'SELECT id FROM "Account"');
    await project.remove();

    expect([code, found]).toEqual([0, []]);
  });

  it('empties the shadow database that it is given at every use', async () => {
    const project = setup();
    await createDatabase(project.address);
    const shadow = atDatabase(project.address, `${project.address.database}_shadow`);
    await createDatabase(shadow);
    await query(shadow, 'CREATE TABLE left_behind (id int)');
    const given = { SHADOW_DATABASE_URL: project.url.replace(/$/, '_shadow') };

    const codes = [(await project.prisma(DRIFT, given)).code, (await project.prisma(DRIFT, given)).code];
    const [row] = await query(shadow, "SELECT to_regclass('left_behind') AS left");
    await project.remove();

    expect([codes, row]).toEqual([[0, 0], { left: null }]);
  });

  it('leaves function bodies whole and rolls a failed migration back, saying where it failed', async () => {
    const project = setup();
    const body = 'CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;';
    project.write('migrations/29990101000000_function/migration.sql', body);
    project.write(
      'migrations/29990102000000_broken/migration.sql',
      'CREATE TABLE half (id int);\nSELECT no_such_function();\n',
    );

    const { code, output } = await project.prisma(['migrate', 'deploy']);
    const [row] = await query<{ one: number; half: string | null }>(
      project.address,
      "SELECT one(), to_regclass('half')::text AS half",
    );
    await project.remove();

    expect(code).toBe(1);
    expect(output).toContain('no_such_function() does not exist (line 2 of the script)');
    expect(row).toEqual({ one: 1, half: null });
  });

  it.each([
    ['no server', 'postgresql://postgres@127.0.0.1:1/none', 'P1001'],
    ['a server that does not let us in', SERVER.replace(/:\w+@/, ':wrong@'), 'P1000'],
  ])("says by Prisma's codes that there is %s", async (_what, url, expected) => {
    const project = setup();

    const { code, output } = await project.prisma(['migrate', 'deploy'], { DATABASE_URL: url });
    await project.remove();

    expect(output).toContain(expected);
    expect(code).toBe(1);
  });
});
