import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Takes the script's place as far as possible: its output, its signals, its end. */
export async function run(node, args, env) {
  // The channel closes when this process dies, whatever the reason: a script that starts servers watches it.
  const child = spawn(node, args, { env, cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) whenOrphaned(() => child.kill('SIGTERM'));

  const [code, signal] = await new Promise((resolve) => child.once('exit', (...end) => resolve(end)));
  if (signal === null) process.exit(code);
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}

/** npm passes a signal on to the shell it started us with, which ends without passing it on to us. */
function whenOrphaned(stop) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 250).unref();
}
