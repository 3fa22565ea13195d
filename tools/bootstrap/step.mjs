import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';

/** Runs a command to its end. Standard output is left to what comes after; what the command printed is shown when it fails. @throws */
export async function step(text, command, args, env) {
  const stopProgress = showProgress(text);
  const child = spawn(command, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  child.once('error', (error) => output.push(`${error.message}\n`));
  const code = await new Promise((resolve) => child.once('close', resolve));
  stopProgress();

  if (code === 0) return;
  throw new Error(
    `${output.join('').trim()}\n${[command, ...args].slice(0, 2).join(' ')} failed. The output above says why; run the command again when it is mended.`,
  );
}

/** On a terminal one line that counts the seconds, elsewhere a line now and then. Returns how to end it. */
function showProgress(text) {
  const start = Date.now();
  const line = () => `${text} … ${Math.round((Date.now() - start) / 1000)} s`;
  const isTerminal = process.stderr.isTTY === true;
  process.stderr.write(isTerminal ? line() : `${text} …\n`);
  const timer = setInterval(
    () => process.stderr.write(isTerminal ? `\r${line()}` : `${line()}\n`),
    isTerminal ? 1_000 : 15_000,
  );

  return () => {
    clearInterval(timer);
    process.stderr.write(isTerminal ? `\r${line()}\n` : `${line()}\n`);
  };
}
