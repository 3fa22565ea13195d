import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNode } from '../run-node.ts';
import { redisProgramDirectory } from '../servers/local-directory.ts';
import { freePort } from '../servers/ports.ts';
import type { Finding } from './finding.mjs';

const SECRET = 'a-secret-word';

async function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'doctor-'));
  symlinkSync(redisProgramDirectory(), join(directory, 'redis-program'));
  const apiPort = await freePort();
  const own = { LOCAL_DIR: directory, API_PORT: String(apiPort), WORKER_PORT: String(await freePort()) };
  const env = { ...process.env, DATABASE_URL: undefined, REDIS_URL: undefined, ...own };
  return {
    apiPort,
    run: (args: readonly string[] = [], more: NodeJS.ProcessEnv = {}) =>
      runNode(['tools/doctor/doctor.mjs', ...args], { env: { ...env, ...more } }),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

describe('npm run doctor', () => {
  it('has a line for everything where nothing required is missing', async () => {
    const { run, remove } = await setup();

    const { exitCode, output } = await run();
    remove();

    const names = output
      .trimEnd()
      .split('\n')
      .map((line) => /^[✓–] ([\w ]+?) {2,}\S/.exec(line)?.[1] ?? line);
    expect(names).toEqual([
      ...['Node', 'npm', 'System', 'Folder', 'Disk', 'Memory', 'Packages', 'Prisma client', 'dist'],
      ...['Postgres', 'Redis', 'Ports', 'Variables', 'Docker', 'Chromium', 'PgBouncer', 'git'],
    ]);
    expect(exitCode).toBe(0);
  });

  it('fails as JSON when something required is missing, and tells no secret', async () => {
    const { apiPort, run, remove } = await setup();
    const other = createServer().listen(apiPort, '127.0.0.1');
    await once(other, 'listening');

    const { exitCode, output } = await run(['--json'], {
      DATABASE_URL: `postgresql://somebody:${SECRET}@127.0.0.1:1/${SECRET}`,
      APP_SECRET: SECRET,
    });
    other.close();
    remove();

    const { isFit, findings } = JSON.parse(output) as { isFit: boolean; findings: Finding[] };
    const lacking = findings.filter(({ state }) => state === 'missing').map(({ name }) => name);
    expect([exitCode, isFit, lacking]).toEqual([1, false, ['Postgres', 'Ports']]);
    expect(output).not.toContain(SECRET);
  });

  it('explains itself, and refuses what it does not know', async () => {
    const { run, remove } = await setup();

    const [help, unknown] = [await run(['--help']), await run(['--nope'])];
    remove();

    expect(help).toMatchObject({ exitCode: 0, output: expect.stringContaining('--json') });
    expect(unknown).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^[^\n]*does not know --nope[^\n]*\n$/),
    });
  });
});
