import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, stopProcess } from './processes.ts';

/**
 * A process that ends when we do, even when we are killed with SIGKILL: a watcher beside it reads a pipe whose other
 * end only we hold. It is detached, so a Ctrl-C in the terminal reaches it through us and in our order.
 */
export type TetheredProcess = Readonly<{
  child: ChildProcess;
  pid: number;
  /** Settles when the process is gone, however that came about. */
  exited: Promise<number>;
  stop(): Promise<void>;
}>;

type Options = Readonly<{
  command: string;
  args: readonly string[];
  /** What asks this program to stop in good order. */
  stopSignal: NodeJS.Signals;
  env: NodeJS.ProcessEnv;
  /** A file descriptor to read standard input from; none otherwise. */
  input?: number;
  /** Where standard output and error go: a file descriptor, or 'pipe'. */
  output: number | 'pipe';
  cwd?: string;
  patienceMs?: number;
  uid?: number;
  gid?: number;
}>;

// The watcher is a grandchild, so that the program is not told of the end of a child it never started.
// $$ is the shell, which becomes the program; $0 is the signal, and $1 how many seconds the program may take after it.
const WATCHER =
  'read -r _ <&3; kill -s "$0" $$ || exit; n=$1; while [ $n -gt 0 ] && kill -0 $$; do sleep 1; n=$((n - 1)); done; kill -KILL $$';
const WITH_WATCHER = `( ( ${WATCHER} ) >/dev/null 2>&1 & ); shift; exec "$@" 3<&-`;
const PATIENCE_MS = 30_000;

export function startTethered({
  command,
  args,
  stopSignal,
  env,
  input,
  output,
  patienceMs = PATIENCE_MS,
  ...place
}: Options): TetheredProcess {
  const stdio: StdioOptions = [input ?? 'ignore', output, output, 'pipe'];
  const watch = ['-c', WITH_WATCHER, stopSignal.slice('SIG'.length), String(Math.ceil(patienceMs / 1000))];
  const child = spawn('/bin/sh', [...watch, command, ...args], { ...place, env, stdio, detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started.`);
  const tether = child.stdio[3] as Socket;
  tether.unref();
  child.unref();

  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      tether.destroy();
      resolve(code ?? -1);
    });
  });
  const stop = async (): Promise<void> => {
    child.ref();
    // What has ended gave its id back, and a stranger may have it by now.
    if (child.exitCode === null && child.signalCode === null) await stopProcess(pid, stopSignal, patienceMs);
    await exited;
  };
  return { child, pid, exited, stop };
}

/** Asks again and again; false when the process has ended, or was stopped because it took too long. */
export async function isReady(
  server: TetheredProcess,
  probe: () => Promise<boolean>,
  patienceMs = 60_000,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(server.pid) && Date.now() < deadline) {
    if (await probe()) return true;
    await delay(20);
  }
  await server.stop();
  return false;
}
