import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MIGRATIONS = readdirSync(new URL('../../../prisma/migrations', import.meta.url)).filter((name) =>
  /^\d/.test(name),
);

const server = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const name = `migrated_${randomUUID()}`;
const url = Object.assign(new URL(process.env.DATABASE_URL ?? ''), { pathname: `/${name}` }).href;
afterAll(async () => {
  await server.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await server.end();
});

/** As a container of the image does before a release. */
const migrate = (env: Record<string, string>, ...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: ROOT, env: { ...RUN_ENVIRONMENT, ...env } };
    const command = ['dist/test/bundle/migrate.js', ...args];
    const child = execFile(process.execPath, command, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

describe('the migrations of an image', () => {
  it('are applied once, and then there is nothing to apply', async () => {
    const first = await migrate({ DATABASE_URL: url });
    const second = await migrate({
      DATABASE_DIRECT_URL: url,
      DATABASE_URL: 'postgresql://pooler.invalid/app',
      DATABASE_POOLER: 'transaction',
    });

    expect(first).toEqual({ code: 0, stdout: `Applied:\n  ${MIGRATIONS.join('\n  ')}\n`, stderr: '' });
    expect(second).toEqual({ code: 0, stdout: 'Nothing to apply.\n', stderr: '' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no database', {}, 'No database to migrate: DATABASE_URL is not set'],
    ['a secret that is not mounted', { DATABASE_URL_FILE: '/nowhere' }, 'DATABASE_URL_FILE: cannot be read'],
    ['an address that means something else elsewhere', { DATABASE_URL: `${url}?pgbouncer=true` }, 'DATABASE_POOLER'],
    ['a pooler alone', { DATABASE_URL: url, DATABASE_POOLER: 'transaction' }, 'Set DATABASE_DIRECT_URL'],
    ['a server that is away', { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/app' }, 'ECONNREFUSED'],
  ])('say in a line what is wrong with %s', async (_what, env, expected) => {
    const { code, stdout, stderr } = await migrate(env);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/\n\s+at |secret/);
  });

  it('say what they read', async () => {
    expect(await migrate({}, '--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('DATABASE_DIRECT_URL'),
    });
    expect(await migrate({}, '--force')).toMatchObject({ code: 1 });
  });
});
