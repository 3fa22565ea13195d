import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#platform/database/database.js';
import { SqlLocks } from '#platform/database/leases/sql-locks.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { workerServers } from '#platform/testing/servers/worker-servers.js';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { startTethered, type TetheredProcess } from '../../tools/servers/tethered-process.ts';

const HOLDER = join(fileURLToPath(new URL('.', import.meta.url)), 'lock-holder.ts');
const LEASE_SECONDS = patience(1_000) / 1_000;

let database: Database;
let holder: TetheredProcess | undefined;
beforeAll(() => {
  database = testDatabase();
});
afterEach(async () => {
  holder?.child.kill('SIGCONT');
  await holder?.stop();
});
afterAll(() => database.onApplicationShutdown());

/** A process that holds the lock `key`, with what it has said so far. */
async function aHolder() {
  const key = `test:${randomUUID()}`;
  const env = { ...RUN_ENVIRONMENT, ...aValidEnv(workerServers()), KEY: key, LEASE_SECONDS: String(LEASE_SECONDS) };
  const started = startTethered({
    command: process.execPath,
    args: [HOLDER],
    env,
    output: 'pipe',
    stopSignal: 'SIGKILL',
  });
  holder = started;
  let output = '';
  for (const stream of [started.child.stdout, started.child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const said = () => output.trim().split('\n');
  await eventually(() => expect(said()).toContain('works'), 30_000);
  return { key, said, token: Number(/held (\d+)/.exec(output)?.[1]), exited: started.exited, pid: started.pid };
}

/** When somebody else got the lock, and with which token. */
const takeOver = (key: string) =>
  new SqlLocks(database).run(key, async ({ token }) => ({ token, at: performance.now() }), {
    waitSeconds: patience(20_000) / 1_000,
  });

describe('the holder of a lock', () => {
  it('that is killed leaves it to the next one when its lease ends', async () => {
    const { key, token, pid, exited } = await aHolder();

    process.kill(pid, 'SIGKILL');
    await exited;
    const killedAt = performance.now();
    const next = await takeOver(key);

    expect(next.token).toBeGreaterThan(token);
    expect(next.at - killedAt).toBeLessThan(LEASE_SECONDS * 1_000 + patience(1_000));
  });

  it('that sleeps for longer than its lease does nothing more when it wakes', async () => {
    const { key, token, said, pid, exited } = await aHolder();

    process.kill(pid, 'SIGSTOP');
    const next = await takeOver(key);
    const before = said().length;
    process.kill(pid, 'SIGCONT');
    await exited;

    expect(next.token).toBeGreaterThan(token);
    expect(said().slice(before)).toEqual(['ended LOCK_LOST']);
  });
});
