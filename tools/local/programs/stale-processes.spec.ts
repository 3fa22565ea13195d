import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, startOf } from '../../servers/processes.ts';
import { stopStaleProcesses } from './stale-processes.ts';

const running: ChildProcess[] = [];
afterEach(() => running.forEach((child) => child.kill('SIGKILL')));

/** Looks like the api of a checkout in the list of processes. */
async function anApi(name = 'dist/apps/api/src/main.js') {
  const child = spawn(process.execPath, ['-e', "console.log('up'); setInterval(() => {}, 1000)", name], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  await once(child.stdout ?? process.stdin, 'data');
  return child.pid ?? 0;
}

describe('what a killed start has left behind', () => {
  it('is stopped', async () => {
    const api = await anApi();

    await stopStaleProcesses({ pids: { api }, starts: { api: startOf(api) } });

    expect(isAlive(api)).toBe(false);
  });

  it.each<[string, string | undefined]>([
    ['started at another time', '1'],
    ['is not known when it started', undefined],
  ])('does not include the api of another checkout that was given the same id: it %s', async (_what, start) => {
    const api = await anApi();

    await stopStaleProcesses({ pids: { api }, starts: { api: start } });

    expect(isAlive(api)).toBe(true);
  });

  it('does not include what is no service', async () => {
    const api = await anApi('something/else.js');

    await stopStaleProcesses({ pids: { api }, starts: { api: startOf(api) } });

    expect(isAlive(api)).toBe(true);
  });
});

describe('when a process started', () => {
  it('is the same at every look, another for another process, and nothing once it is gone', async () => {
    const [first, again] = [startOf(process.pid), startOf(process.pid)];

    expect(first).toBe(again);
    expect(startOf(await anApi())).not.toBe(first);
    expect(startOf(2 ** 22 + 1)).toBeUndefined();
  });
});
