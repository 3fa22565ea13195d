import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const MODULE = fileURLToPath(new URL('stop-while-starting.ts', import.meta.url));
/** As loading an application does. */
const HOLD_THE_LOOP = 'const until = Date.now() + 300; while (Date.now() < until);';

/** A process that has begun to start, and gets a signal while its event loop stands still. @returns its exit code and what it said */
async function stopped(signal: NodeJS.Signals, afterwards: string) {
  const program = `import { leaveSignalsToOthers } from '${MODULE}'; console.log('begun'); ${HOLD_THE_LOOP} ${afterwards}; setTimeout(() => {}, 20_000)`;
  const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  await once(child.stdout, 'data');
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('a signal while a process starts', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends it as %s ends programs that handle nothing: %i', async (signal, code) => {
    expect((await stopped(signal, '')).code).toBe(code);
  });

  it('is not lost when somebody else begins to handle it', async () => {
    const handOver = `process.on('SIGTERM', () => { console.log('stopping'); process.exit(0); }); leaveSignalsToOthers()`;

    expect(await stopped('SIGTERM', handOver)).toEqual({ code: 0, output: 'begun\nstopping\n' });
  });

  it.each(['api', 'worker', 'admin'])('is handled from the first line of %s', (app) => {
    const [first] = readFileSync(new URL(`apps/${app}/src/main.ts`, ROOT), 'utf8').split('\n');

    expect(first).toBe("import '#platform/process/stop-while-starting.js';");
  });
});
