import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { isAlive } from './processes.ts';
import { startTethered } from './tethered-process.ts';

const MODULE = new URL('tethered-process.ts', import.meta.url).href;
const DEFAULTS = { command: process.execPath, env: {}, output: 'pipe', stopSignal: 'SIGTERM' } as const;
const FOREVER = 'console.log(process.pid); setInterval(() => {}, 1000);';
const DEAF = `process.on('SIGTERM', () => {}); ${FOREVER}`;

/** A process of its own that starts a tethered one and, once that runs, says which. */
async function startOwner(program: string) {
  const options = { ...DEFAULTS, args: ['-e', program], output: 1, patienceMs: 100 };
  const code = `import { startTethered } from '${MODULE}'; startTethered(${JSON.stringify(options)}); setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
  return { owner, pid: Number(line) };
}

async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
}

describe('a tethered process', () => {
  it.each([
    ['listens', FOREVER],
    ['is deaf', DEAF],
  ])('that %s ends when the one who started it is killed with SIGKILL', async (_, program) => {
    const { owner, pid } = await startOwner(program);
    expect(isAlive(pid)).toBe(true);

    owner.kill('SIGKILL');

    await ended(pid);
  });

  it('ends when it is asked to, and says how', async () => {
    const args = [
      '-e',
      "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('listening')",
    ];
    const running = startTethered({ ...DEFAULTS, args });
    await once(running.child.stdout ?? process.stdin, 'data');

    await running.stop();

    expect(await running.exited).toBe(7);
  });

  it('is killed when it does not listen', async () => {
    const running = startTethered({ ...DEFAULTS, args: ['-e', DEAF], patienceMs: 100 });
    await once(running.child.stdout ?? process.stdin, 'data');

    await running.stop();

    expect(isAlive(running.pid)).toBe(false);
  });
});
