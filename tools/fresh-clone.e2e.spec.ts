import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';
import type { RunFile } from './local/settings/run-file.ts';
import { ROOT, redisProgramDirectory } from './servers/local-directory.ts';
import { freePort } from './servers/ports.ts';

const A_WHILE_MS = 120_000;
/** What is in no clone. */
const MADE_HERE = [
  'node_modules',
  'dist',
  'libs/platform/database/generated',
  'libs/client/src/generated',
  'libs/client/dist',
];
const LEFT_OUT = new Set(['.git', '.local', 'coverage', ...MADE_HERE]);

const parent = mkdtempSync(join(tmpdir(), 'fresh clone '));
const clone = join(parent, 'a checkout');
cpSync(ROOT, clone, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
mkdirSync(join(clone, '.local'));
symlinkSync(redisProgramDirectory(), join(clone, '.local/redis-program'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** npm as it is, but for npm ci, which takes the packages from here: they are the same ones, and a minute is saved each time. */
const hostPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
const npm = hostPath.map((folder) => join(folder, 'npm')).find(existsSync) ?? 'npm';
mkdirSync(join(parent, 'bin'));
writeFileSync(
  join(parent, 'bin/npm'),
  `#!/bin/sh\n[ "$1" = ci ] && exec ln -s '${join(ROOT, 'node_modules')}' node_modules\nexec '${npm}' "$@"\n`,
);
chmodSync(join(parent, 'bin/npm'), 0o755);

/** Of a shell that knows nothing: the databases of this test run are none of its business. Compiled code only saves time. */
const shell = { ...RUN_ENVIRONMENT, HOME: process.env.HOME, PATH: [join(parent, 'bin'), ...hostPath].join(delimiter) };

function begin(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}, cwd = clone): ChildProcess {
  const prefix = cwd === clone ? [] : ['--prefix', clone];
  return beginNpm([...prefix, 'run', '--silent', script, '--', ...args], env, cwd);
}

const beginNpm = (args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = clone): ChildProcess =>
  spawn(npm, args, { cwd, env: { ...shell, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });

async function finish({ child, input = '' }: { child: ChildProcess; input?: string }) {
  child.stdin?.end(input);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')),
  );
  return { code: (await ended)[0], stdout: stdout ?? '', stderr: stderr ?? '' };
}

const run = (...command: Parameters<typeof begin>) => finish({ child: begin(...command) });

function makeBare(): void {
  for (const path of MADE_HERE) rmSync(join(clone, path), { recursive: true, force: true });
}

const NO_STACK = /\n\s+at /;

describe('the first command in a fresh clone', () => {
  beforeEach(makeBare);

  it.each<[string, string[], RegExp]>([
    ['build', [], /Generated Prisma Client/],
    ['openapi', [], /^wrote openapi\.json: \d+ paths\n$/],
    ['docs', [], /^wrote docs\/environment\.md\nwrote \.env\.example\n/],
    ['db:new', ['nothing'], /^Nothing to write/],
    ['db:lint', [], /migrations checked/],
    ['secrets', [], /^No credential in \d{3,} files/],
    ['licenses', [], /licences that are allowed/],
    ['workflows', [], /passed lint checks/],
    ['release:notes', [], /^### /],
    ['test', ['--help'], /--only/],
    ['test:upgrade', ['--help'], /last release/],
    ['test:without', ['--help'], /Takes features out/],
    ['test:template', ['--help'], /Makes a project/],
    ['template:init', ['--help'], /--prefix/],
    ['template:update', ['--help'], /--from/],
    ['openapi:breaking', ['--help'], /last release/],
    ['new:feature', ['--help'], /--field/],
    ['new:field', ['--help'], /Adds a field/],
    ['remove:feature', ['--help'], /Takes features out/],
    ['check', ['--help'], /--only/],
    ['format', ['--help'], /--write/],
    ['bench', ['--help'], /--quick/],
    ['start', ['--help'], /LOCAL_DIR/],
  ])(
    'may be npm run %s',
    async (script, args, expected) => {
      const { code, stdout, stderr } = await run(script, args);

      expect({ code, stdout, stderr }).toEqual({
        code: 0,
        stdout: expect.stringMatching(expected),
        stderr: expect.stringMatching(/^Installing packages/),
      });
    },
    A_WHILE_MS,
  );

  it(
    'may be npm pack ./libs/client',
    async () => {
      const { code, stdout } = await finish({ child: beginNpm(['pack', './libs/client', '--silent']) });

      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^api-client-[\d.]+\.tgz\n$/) });
      expect(existsSync(join(clone, 'libs/client/dist/index.js'))).toBe(true);
    },
    A_WHILE_MS,
  );

  it(
    'may be npx nest, which asks for no other program of that name',
    async () => {
      const { code, stdout, stderr } = await finish({ child: beginNpm(['exec', '--', 'nest', '--version']) });

      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\s*$/) });
      expect(stderr).toMatch(/^Installing packages/m);
    },
    A_WHILE_MS,
  );

  it('may be npm run doctor, which tells what is missing and installs nothing', async () => {
    const { code, stdout, stderr } = await run('doctor');

    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^✓ Node [^]*\n✗ Packages +not installed: npm ci\n– The rest +[^\n]+\n$/),
      stderr: '',
    });
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  it.each<[string, string[], RegExp]>([
    ['db:migrate', [], /No database to work on: DATABASE_URL is not set.*\n$/],
    ['db:seed', [], /Nothing was seeded: No database to work on: DATABASE_URL is not set.*\n$/],
    ['db:reset', [], /No database to work on: DATABASE_URL is not set.*\n$/],
    ['db:new', [], /Say what the migration is about.*\n$/],
    ['keys:rotate', [], /AUTH_SIGNING_KEYS cannot be read.*Name a set with --file, or make one with npm start\.\n$/],
    ['admin:create', ['--email=ada@example.test'], /The environment is not valid[^]*DATABASE_URL: is required\n/],
  ])(
    'may be npm run %s, which says what it lacks',
    async (script, args, expected) => {
      const { code, stdout, stderr } = await run(script, args, {}, parent);

      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(expected) });
      expect(stderr).not.toMatch(NO_STACK);
    },
    A_WHILE_MS,
  );

  it(
    'may be two that begin together, and pipes get nothing but what is theirs',
    async () => {
      const [checked, made] = await Promise.all([run('openapi:check'), run('env:production')]);
      const keys = /^AUTH_SIGNING_KEYS=(.*)$/m.exec(made.stdout)?.[1] ?? '';
      makeBare();
      const rotated = await finish({ child: begin('keys:rotate', ['publish', '--file=-']), input: keys });

      expect(checked).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^openapi\.json describes all \d+ paths\n$/),
      });
      expect(made).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^# The environment of one production system/),
      });
      expect(`${checked.stderr}${made.stderr}`.match(/^Installing .* …$/gm)).toHaveLength(1);
      expect((JSON.parse(rotated.stdout) as { keys: unknown[] }).keys).toHaveLength(2);
    },
    A_WHILE_MS,
  );
});

describe('beside npm start', () => {
  it(
    'every command finds its system, and needs no variable',
    async () => {
      makeBare();
      const [apiPort, workerPort] = [await freePort(), await freePort()];
      const start = begin('start', [], { API_PORT: String(apiPort), WORKER_PORT: String(workerPort) });
      const ended = finish({ child: start });
      const file = join(clone, '.local/run.json');
      while (!existsSync(file) && start.exitCode === null) await delay(50);
      const { api, admin } = JSON.parse(readFileSync(file, 'utf8')) as RunFile;

      const made = await run('admin:create', ['--email=grace@example.test']);
      const others = [
        await run('db:migrate'),
        await run('db:seed'),
        await run('db:new', ['nothing']),
        await run('keys:rotate'),
        await run('db:reset'),
      ];
      const doctor = await run('doctor');
      const signIn = await fetch(`${api}/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(admin),
      });
      start.kill('SIGTERM');
      await ended;

      expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('is an administrator from now on') });
      expect(others.map(({ code }) => code)).toEqual([0, 0, 0, 0, 1]);
      for (const { stderr } of [made, ...others])
        expect(stderr).toContain(`Working on the system that npm start runs here: ${api}`);
      expect(others.at(-1)?.stdout).toMatch(/^This deletes \d+ tables/);
      expect(doctor).toMatchObject({ code: 0, stdout: expect.stringContaining(`npm start runs here: ${api}, `) });
      expect(signIn.status).toBe(200);
    },
    A_WHILE_MS,
  );
});
