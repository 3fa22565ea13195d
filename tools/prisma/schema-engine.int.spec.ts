import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { atDatabase, postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { query } from '../database-commands/query.ts';
import { cloneDatabase, migratedTemplate } from '../databases/migrated-template.ts';
import { dropDatabase } from './database-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PRISMA = join(createRequire(import.meta.url).resolve('prisma/package.json'), '../build/index.js');
// Comparing with migrations takes a shadow database beside it.
const SOME_DATABASE = process.env.DATABASE_URL ?? '';
const NO_SERVER = 'postgresql://postgres@127.0.0.1:1/none';
const DIFF = ['migrate', 'diff', '--to-schema', 'prisma'];

/** A copy of the schema and its migrations that a test may change, with a database that does not exist yet. */
function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'prisma-'));
  cpSync(join(ROOT, 'prisma'), join(directory, 'prisma'), { recursive: true });
  cpSync(join(ROOT, 'prisma.config.ts'), join(directory, 'prisma.config.ts'));
  for (const name of ['node_modules', 'tools', 'package.json']) symlinkSync(join(ROOT, name), join(directory, name));
  const url = atDatabase(SOME_DATABASE, `prisma_${randomUUID()}`);

  return {
    url,
    migrations: join(directory, 'prisma/migrations'),
    models: join(directory, 'prisma/models/orders.prisma'),
    prisma: (args: readonly string[], databaseUrl = url) => run(directory, args, databaseUrl),
    async remove() {
      await dropDatabase(url);
      rmSync(directory, { recursive: true });
    },
  };
}

async function run(
  cwd: string,
  args: readonly string[],
  databaseUrl: string,
): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [PRISMA, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: output + errors };
}

function addMigration(migrations: string, name: string, sql: string): void {
  mkdirSync(join(migrations, name));
  writeFileSync(join(migrations, name, 'migration.sql'), sql);
}

describe('prisma on our schema engine', () => {
  it('writes the SQL of the models without any server', async () => {
    const project = setup();

    const { code, output } = await project.prisma([...DIFF, '--from-empty', '--script'], NO_SERVER);
    await project.remove();

    expect(code).toBe(0);
    expect(output).toContain('CREATE TABLE "users"');
  });

  it('finds that the migrations make exactly the schema of the models', async () => {
    const project = setup();

    const { code, output } = await project.prisma(
      [...DIFF, '--from-migrations', 'prisma/migrations', '--exit-code'],
      SOME_DATABASE,
    );
    await project.remove();

    expect(output).toContain('No difference detected');
    expect(code).toBe(0);
  });

  it('exits with 2 when a model has drifted from the migrations', async () => {
    const project = setup();
    writeFileSync(
      project.models,
      readFileSync(project.models, 'utf8').replace('model Order {', 'model Order {\n  drifted String?\n'),
    );

    const { code, output } = await project.prisma(
      [...DIFF, '--from-migrations', 'prisma/migrations', '--exit-code'],
      SOME_DATABASE,
    );
    await project.remove();

    expect(output).toContain('drifted');
    expect(code).toBe(2);
  });

  it('creates the database, applies every migration and then has nothing left to do', async () => {
    const project = setup();

    const deploy = await project.prisma(['migrate', 'deploy']);
    const status = await project.prisma(['migrate', 'status']);
    const roles = await query<{ name: string }>(project.url, 'SELECT name FROM roles ORDER BY name');
    await project.remove();

    expect(deploy.code).toBe(0);
    expect(status.output).toContain('Database schema is up to date');
    expect(roles).toEqual([{ name: 'admin' }, { name: 'user' }]);
  });

  it('writes a new migration and starts over with all of them', async () => {
    const project = setup();
    await cloneDatabase(SOME_DATABASE, await migratedTemplate(SOME_DATABASE), postgresAddress(project.url).database);
    appendFileSync(project.models, '\nmodel Extra {\n  id Int @id\n}\n');

    const created = await project.prisma(['migrate', 'dev', '--create-only', '--name', 'extra']);
    const reset = await project.prisma(['migrate', 'reset', '--force']);
    const [row] = await query<{ name: string }>(project.url, `SELECT to_regclass('"Extra"')::text AS name`);
    const names = readdirSync(project.migrations).filter((name) => name.endsWith('_extra'));
    await project.remove();

    expect([created.code, reset.code, names.length]).toEqual([0, 0, 1]);
    expect(row?.name).toBe('"Extra"');
  });

  it('leaves function bodies whole and rolls a failed migration back, saying where it failed', async () => {
    const project = setup();
    const body = 'CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;';
    addMigration(project.migrations, '29990101000000_function', body);
    addMigration(
      project.migrations,
      '29990102000000_broken',
      'CREATE TABLE half (id int);\nSELECT no_such_function();\n',
    );

    const { code, output } = await project.prisma(['migrate', 'deploy']);
    const [row] = await query<{ one: number; half: string | null }>(
      project.url,
      "SELECT one(), to_regclass('half')::text AS half",
    );
    await project.remove();

    expect(code).toBe(1);
    expect(output).toContain('no_such_function() does not exist (line 2 of the script)');
    expect(row).toEqual({ one: 1, half: null });
  });
});
