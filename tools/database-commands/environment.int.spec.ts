import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadEnv } from '../../libs/platform/config/load-env.ts';
import { atDatabase } from '../../libs/platform/config/connection-strings.ts';
import { connectionOptions } from '../../libs/platform/database/connection.ts';
import { Database } from '../../libs/platform/database/database.ts';
import { RoutedPool } from '../../libs/platform/database/routed-pool.ts';
import { Migrations } from '../../libs/platform/health/migrations.ts';
import { aValidEnv } from '../../libs/platform/testing/env.factory.ts';
import { dropDatabase } from '../prisma/database-command.ts';
import { ROOT } from '../servers/local-directory.ts';
import { query } from './query.ts';

const PRISMA = join(createRequire(import.meta.url).resolve('prisma/package.json'), '../build/index.js');
/** No system that npm start runs, and no database of this machine's shell. */
const EMPTY = {
  PATH: process.env.PATH, LOCAL_DIR: mkdtempSync(join(tmpdir(), 'local-')), ADMIN_EMAIL: 'admin@example.test', ADMIN_PASSWORD: 'only-for-tests',
};
const SERVER = process.env.DATABASE_URL ?? '';

const url = atDatabase(SERVER, `commands_${randomUUID()}`);
const inSchema = `${url}?schema=shop`;
afterAll(() => dropDatabase(url));

async function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env: { ...EMPTY, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: output + errors };
}

const prisma = (args: readonly string[], env: NodeJS.ProcessEnv) => run(PRISMA, args, env);

function inFile(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'command-')), 'value');
  writeFileSync(file, content);
  return file;
}

describe('a command', () => {
  it('finds the database in a file, and its schema is that of the service', async () => {
    const migrated = await prisma(['migrate', 'deploy'], { DATABASE_URL_FILE: inFile(` ${inSchema}\n`) });
    const seeded = await run('prisma/seed.ts', [], { DATABASE_URL_FILE: inFile(inSchema), ADMIN_PASSWORD: '', ADMIN_PASSWORD_FILE: inFile('from a file') });
    const database = new Database(new RoutedPool(connectionOptions(loadEnv(aValidEnv({ DATABASE_URL: inSchema })), 'commands.int.spec')));
    const tables = await query(url, "SELECT schemaname FROM pg_tables WHERE tablename = 'orders'");
    const seen = {
      pending: await new Migrations(database).pending(),
      byPrisma: await database.client.order.count(),
      bySql: await database.query({ name: 'test.count', text: 'SELECT count(*) AS orders FROM orders' }),
    };
    await database.onApplicationShutdown();

    expect([migrated.code, seeded.code]).toEqual([0, 0]);
    expect(tables).toEqual([{ schemaname: 'shop' }]);
    expect(seen).toEqual({ pending: [], byPrisma: 6, bySql: [{ orders: 6 }] });
  });

  it.each([[['migrate', 'deploy']], [['migrate', 'dev', '--create-only', '--name', 'x']], [['migrate', 'reset', '--force']], [['db', 'seed']]])('%j without a database says so, and looks for none', async (args) => {
    const { code, output } = await prisma(args, {});

    expect(output).toMatch(/^No database to work on: DATABASE_URL is not set/m);
    expect(output).not.toMatch(/localhost|none/);
    expect(code).toBe(1);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['an unencoded password', { DATABASE_URL: 'postgres://me:p@ss/w#mark@127.0.0.1/app' }, /DATABASE_URL: .*percent-encoded/],
    ['a port that is none', { DATABASE_URL: 'postgres://mark:port/app' }, /DATABASE_URL: must be a URL/],
    ["Prisma's word for a pooler", { DATABASE_URL: 'postgres://mark/app?pgbouncer=true' }, /DATABASE_URL: .*DATABASE_POOLER/],
    ['a file that is not there', { DATABASE_URL_FILE: '/mark' }, /DATABASE_URL_FILE: cannot be read/],
    ['one address by name and by file', { DATABASE_URL: url, DATABASE_URL_FILE: inFile(url) }, /DATABASE_URL: is set twice/],
    ['a broken shadow database', { DATABASE_URL: url, SHADOW_DATABASE_URL: 'mark' }, /SHADOW_DATABASE_URL: must be a URL/],
  ])('refuses %s by its name', async (_, env, complaint) => {
    const [{ code, output }, seeded] = await Promise.all([prisma(['migrate', 'deploy'], env), run('prisma/seed.ts', [], env)]);

    expect(output).toMatch(complaint);
    expect(seeded.output).toMatch(complaint);
    expect(`${output}${seeded.output}`).not.toMatch(/mark/);
    expect([code, seeded.code]).toEqual([1, 1]);
  });
});
