import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatabase, query } from './engine/connection.ts';
import { fixtureProject, run } from './testing/fixture-project.ts';

// Databases are made beside it.
const SERVER = process.env.DATABASE_URL ?? '';
const FIRST = '20260101000000_accounts';
/** The engine is one for each process. */
const PROGRAM = `import { applyMigrations } from '${new URL('apply-migrations.ts', import.meta.url).href}';
const [url, folder] = process.argv.slice(1);
console.log('applied:', ...(await applyMigrations(url, folder)));
process.exit();`;

function setup() {
  const project = fixtureProject(SERVER);
  const folder = join(project.directory, 'migrations');
  const apply = (url = project.url) =>
    run(['--input-type=module', '--eval', PROGRAM, url, folder], project.directory, process.env);
  return { ...project, apply };
}

const said = (names: string) => ({ code: 0, output: `applied: ${names}`.trim() + '\n' });

describe('migrations without the command line of Prisma', () => {
  it('are applied to a database that is made for them, once, and Prisma agrees', async () => {
    const project = setup();

    const [first, second] = [await project.apply(), await project.apply()];
    const { output } = await project.prisma(['migrate', 'status']);
    await project.remove();

    expect([first, second]).toEqual([said(FIRST), said('')]);
    expect(output).toContain('Database schema is up to date');
  });

  it('are applied once by two that begin together', async () => {
    const project = setup();
    await createDatabase(project.address);

    const applied = await Promise.all([project.apply(), project.apply()]);
    await project.remove();

    expect(applied).toEqual(expect.arrayContaining([said(FIRST), said('')]));
  });

  it('go into the schema that the address names', async () => {
    const project = setup();

    await project.apply(`${project.url}?schema=shop`);
    const tables = await query(project.address, "SELECT schemaname FROM pg_tables WHERE tablename = 'Account'");
    await project.remove();

    expect(tables).toEqual([{ schemaname: 'shop' }]);
  });

  it('leave nothing of one that fails, say where it failed, and are not tried again before somebody has looked', async () => {
    const project = setup();
    const sql = 'CREATE TABLE half (id int);\nSELECT no_such_function();\n';
    project.write('migrations/29990102000000_broken/migration.sql', sql);

    const [first, second] = [await project.apply(), await project.apply()];
    const [row] = await query(
      project.address,
      `SELECT to_regclass('half') AS half, to_regclass('"Account"')::text AS whole`,
    );
    await project.remove();

    expect(first?.output).toMatch(/29990102000000_broken[^]*no_such_function\(\) does not exist \(line 2/);
    expect([first?.code, second?.code]).toEqual([1, 1]);
    expect(second?.output).toContain('failed migrations');
    expect(row).toEqual({ half: null, whole: '"Account"' });
  });

  it('that were changed after they were applied do no harm, as with Prisma', async () => {
    const project = setup();
    await project.apply();
    project.write(`migrations/${FIRST}/migration.sql`, 'DROP TABLE "Account";');

    const applied = await project.apply();
    await project.remove();

    expect(applied).toEqual(said(''));
  });
});
