import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hasFeature } from '#platform/testing/system/features.js';
import { query } from '../database-commands/query.ts';
import { ROOT, redisProgramDirectory } from '../servers/local-directory.ts';
import { freePort } from '../servers/ports.ts';
import { isAlive } from '../servers/processes.ts';
import type { RunFile } from './settings/run-file.ts';

const A_WHILE_MS = 180_000;
/** What a shell may hold for other programs: none of it is about what npm start starts for itself. */
const FOR_OTHERS = {
  PGHOST: '192.0.2.1',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGOPTIONS: '-c no_such_setting=1',
  NODE_USE_ENV_PROXY: '1',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  TZ: 'Mars/Olympus',
  LC_ALL: 'xx_XX',
  TMPDIR: '/nowhere',
  FORCE_COLOR: '3',
  CI: 'true',
  REDISCLI_AUTH: 'other',
  npm_config_ignore_scripts: 'true',
};

const SIGNED_IN = `SELECT DISTINCT usename AS role FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;

/** `npm start` with a folder and ports of this test's own. */
async function setup(environment: Readonly<Record<string, string>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'start-'));
  symlinkSync(redisProgramDirectory(), join(directory, 'redis-program'));
  const [apiPort, workerPort] = [await freePort(), await freePort()];
  const own = { LOCAL_DIR: directory, API_PORT: String(apiPort), WORKER_PORT: String(workerPort), ...environment };
  const env = { ...process.env, ...own, DATABASE_URL: undefined, REDIS_URL: undefined };
  const runFile = join(directory, 'run.json');
  return {
    apiPort,
    workerPort,
    directory,
    start: (...args: string[]) => new Start(args, env),
    /** Once the file is there and this start wrote it: one that was killed leaves its own. */
    async ready({ child, output }: Start): Promise<RunFile> {
      for (;;) {
        const run = existsSync(runFile) ? (JSON.parse(readFileSync(runFile, 'utf8')) as RunFile) : null;
        if (run?.pids.start === child.pid) return run as RunFile;
        if (child.exitCode !== null) throw new Error(await output);
        await delay(20);
      }
    },
    isRunning: () => existsSync(runFile),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

class Start {
  readonly child: ChildProcess;
  readonly output: Promise<string>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, ['tools/local/start.ts', ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const streams = [this.child.stdout, this.child.stderr].map((stream) => (stream ? text(stream) : ''));
    this.output = Promise.all(streams).then((parts) => parts.join(''));
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    const exited = this.child.exitCode === null ? once(this.child, 'exit') : null;
    if (signal) this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }
}

async function allEnded({ pids }: RunFile): Promise<void> {
  while (Object.values(pids).some(isAlive)) await delay(20);
}

describe('npm start', () => {
  it(
    'brings everything up in whatever shell, refuses a second one, and stops all of it',
    async () => {
      const { apiPort, start, ready, isRunning, remove } = await setup(FOR_OTHERS);
      const first = start();
      const run = await ready(first);

      const health = await fetch(`${run.api}/health/ready`);
      const mails: unknown = await (await fetch(`${run.mailbox}/messages`)).json();
      const signedIn = await query(run.databaseUrl, SIGNED_IN);
      const second = start();
      const secondCode = await second.end();
      const firstCode = await first.end('SIGINT');
      await allEnded(run);
      const isStillRunning = isRunning();
      remove();

      expect(run).toMatchObject({ api: `http://localhost:${apiPort}`, docs: `http://localhost:${apiPort}/docs` });
      const provider = hasFeature('identities') ? ['oidc'] : [];
      expect(Object.keys(run.pids).sort()).toEqual(['api', ...provider, 'postgres', 'redis', 'start', 'worker']);
      expect([health.status, mails]).toEqual([200, []]);
      // Not as the owner of the tables, whom run.json names for commands that migrate.
      expect(signedIn).toEqual([{ role: 'app_local' }]);
      expect(secondCode).toBe(1);
      expect(await second.output).toContain(`already running here (process ${first.child.pid})`);
      expect([firstCode, isStillRunning]).toEqual([0, false]);
      expect(await first.output).toContain('TOKEN=$(curl');
    },
    A_WHILE_MS,
  );

  it(
    'leaves nothing behind when it is killed, and starts again at the same addresses',
    async () => {
      const { start, ready, remove } = await setup();
      const killed = start();
      const before = await ready(killed);

      await killed.end('SIGKILL');
      await allEnded(before);
      const again = start();
      const after = await ready(again);
      await again.end('SIGTERM');
      remove();

      const addresses = (run: RunFile) => ({ ...run, pids: {}, starts: {}, environment: {} });
      expect(addresses(after)).toEqual(addresses(before));
      expect(await again.output).toContain('up to date');
    },
    A_WHILE_MS,
  );

  it('says which port is taken and what to do, then what else the doctor finds', async () => {
    const { apiPort, start, remove } = await setup();
    const other = createServer().listen(apiPort, '127.0.0.1');
    await once(other, 'listening');

    const refused = start();
    const code = await refused.end();
    other.close();
    remove();

    expect(code).toBe(1);
    const advice = `Port ${apiPort} is taken by another program. Choose another one: API_PORT=${apiPort + 100} npm start`;
    const [said, ...found] = (await refused.output).trim().split('\n\n');
    expect(said).toBe(advice);
    expect(found.join()).toMatch(/^✗ Ports +Port \d+ is taken[^\n]*(\n– [^\n]*)*$/);
  });

  it(
    'does not take what it started itself for what stood in its way',
    async () => {
      const { directory, workerPort, start, remove } = await setup();

      const refused = start();
      // By then the ports were looked at.
      while (!existsSync(join(directory, 'postgres.log')) && refused.child.exitCode === null) await delay(20);
      const other = createServer().listen(workerPort, '127.0.0.1');
      const code = await refused.end();
      other.close();
      remove();

      expect(code).toBe(1);
      expect(await refused.output).toMatch(
        new RegExp(`worker did not become ready;[^\\n]*\\n\\n✗ Ports +Port ${workerPort} is taken`),
      );
    },
    A_WHILE_MS,
  );

  it(
    'refuses an environment that is not valid once, before it starts anything',
    async () => {
      const { directory, start, remove } = await setup({ LOG_LEVEL: 'loud', BODY_LIMIT: 'wide' });

      const refused = start();
      const code = await refused.end();
      const servers = ['postgres', 'redis'].filter((name) => existsSync(join(directory, name)));
      remove();

      const output = await refused.output;
      expect([code, servers]).toEqual([1, []]);
      expect(output.match(/LOG_LEVEL:/g)).toHaveLength(1);
      expect(output.match(/BODY_LIMIT:/g)).toHaveLength(1);
      expect(output).not.toMatch(/loud|wide|\n\s+at /);
    },
    A_WHILE_MS,
  );

  it.each([
    ['an option it does not know', ['--nope'], {}, /^npm start does not know --nope\. [^\n]*$/],
    [
      'a folder that cannot be made',
      [],
      { LOCAL_DIR: '/dev/null/x' },
      /^\/dev\/null\/x cannot be used [^\n]*\n\n✗ Folder /,
    ],
    [
      'a folder where the system makes none',
      [],
      { LOCAL_DIR: '/proc/nope' },
      /^\/proc\/nope cannot be used [^\n]*\n\n✗ Folder /,
    ],
  ])(
    'refuses %s in one line, and where npm start cannot be, the doctor says why',
    async (_what, args, environment, line) => {
      const { start, remove } = await setup(environment);

      const refused = start(...args);
      const code = await refused.end();
      remove();

      expect(code).toBe(1);
      expect((await refused.output).trim()).toMatch(line);
    },
  );

  it('explains itself', async () => {
    const { start, remove } = await setup();

    const help = start('--help');
    await help.end();
    remove();

    expect(await help.output).toMatch(/API_PORT=[^]*LOCAL_DIR=[^]*DATABASE_URL=/);
  });
});
