import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { ROOT, redisProgramDirectory } from '../../servers/local-directory.ts';
import { freePort } from '../../servers/ports.ts';
import type { RunFile } from '../settings/run-file.ts';

const A_WHILE_MS = 180_000;
const COPIED = [
  'apps',
  'libs',
  'prisma',
  'tools',
  'dist',
  '.swcrc',
  'package.json',
  'package-lock.json',
  'prisma.config.ts',
  'tsconfig.json',
];

const project = mkdtempSync(join(tmpdir(), 'reload-'));
const runFile = join(project, '.local/run.json');
const models = join(project, 'prisma/models/users.prisma');
const valid = readFileSync(join(ROOT, 'prisma/models/users.prisma'), 'utf8');
let child: ChildProcess;
let output = '';

/** Other tests write there meanwhile. */
const isStill = (path: string): boolean => !/\/dist\/(bundle|node_modules|test)$/.test(path);

/** `npm start` on a copy of this project whose files a test may change. */
beforeAll(async () => {
  for (const name of COPIED)
    cpSync(join(ROOT, name), join(project, name), { recursive: true, preserveTimestamps: true, filter: isStill });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  mkdirSync(join(project, '.local'));
  symlinkSync(redisProgramDirectory(), join(project, '.local/redis-program'));
  const own = {
    LOCAL_DIR: '.local',
    API_PORT: String(await freePort()),
    WORKER_PORT: String(await freePort()),
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  };
  child = spawn(process.execPath, ['tools/local/start.ts'], {
    cwd: project,
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await eventually(() => expect(output).toMatch(/Ctrl-C stops everything/), A_WHILE_MS);
}, A_WHILE_MS);
afterAll(async () => {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  rmSync(project, { recursive: true });
}, A_WHILE_MS);

/** What is said after `change`, once it matches. */
async function saidAfter(change: () => void, expected: RegExp): Promise<string> {
  const from = output.length;
  change();
  await eventually(() => expect(output.slice(from)).toMatch(expected), A_WHILE_MS);
  return output.slice(from);
}

const count = (pattern: RegExp): number => output.match(pattern)?.length ?? 0;
const isReady = async (): Promise<boolean> =>
  (await fetch(`${(JSON.parse(readFileSync(runFile, 'utf8')) as RunFile).api}/health/ready`)).ok;

describe('a change in prisma/ while npm start runs', () => {
  it(
    'that is no valid model is said, and the running system goes on',
    async () => {
      const said = await saidAfter(
        () => appendFileSync(models, '\nmodel Broken { id Nope @id }\n'),
        /start +nothing was reloaded[^]*Nope/,
      );

      // A probe has little time, of which a busy machine may take all.
      await eventually(async () => expect(await isReady()).toBe(true));
      expect(said).not.toContain('restarted');
    },
    A_WHILE_MS,
  );

  it(
    'of a model makes the client anew, restarts once, and names the migration that is missing',
    async () => {
      const before = count(/restarted/g);

      const said = await saidAfter(
        () => writeFileSync(models, `${valid}\nmodel Extra {\n  id String @id\n}\n`),
        /npm run db:new/,
      );

      expect(readFileSync(join(project, 'libs/platform/database/generated/models.ts'), 'utf8')).toContain('Extra');
      expect(
        said.match(/^start +the models say what no migration makes yet; to write it: npm run db:new$/gm),
      ).toHaveLength(1);
      expect(count(/restarted/g) - before).toBe(1);
    },
    A_WHILE_MS,
  );

  it(
    'that adds a migration restarts nothing, and says how to apply it',
    async () => {
      const before = count(/restarted/g);
      const folder = join(project, 'prisma/migrations/29990101000000_extra');

      await saidAfter(() => {
        mkdirSync(folder);
        writeFileSync(join(folder, 'migration.sql'), 'CREATE TABLE "Extra" (id text PRIMARY KEY);');
      }, /start +1 of prisma\/migrations are not applied yet; [^\n]*npm run db:migrate/);

      expect(count(/restarted/g) - before).toBe(0);
    },
    A_WHILE_MS,
  );
});
