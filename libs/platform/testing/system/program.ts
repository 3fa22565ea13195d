import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../../tools/servers/ports.ts';
import { startTethered } from '../../../../tools/servers/tethered-process.ts';
import { eventually } from '../waiting/eventually.js';
import { RUN_ENVIRONMENT } from './run-environment.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export type Environment = Readonly<Record<string, string | undefined>>;

/** In the environment of a program: mounts the specimen (test/specimen/README.md). The program itself does not see it. */
export const withParcels = { TEST_SPECIMEN: 'parcels' } as const;

/** One of the built apps, running. It ends with the tests, however they end. */
export type Program = Readonly<{
  url: string;
  pid: number;
  /** Everything it has written so far. */
  output: () => string;
  /** Closes the other end of its output, as a log collector does that dies. */
  stopReading: () => void;
  /** Keeps the other end open and reads nothing, as a log collector does that hangs, until `resumeReading`. */
  pauseReading: () => void;
  resumeReading: () => void;
  /** The exit code, once it has stopped. */
  exited: Promise<number>;
  signal: (name: NodeJS.Signals) => void;
  stop: () => Promise<void>;
}>;

const OWN_BUNDLE = join(ROOT, 'dist/test/bundle');

/** Starts a built app without waiting for it. The port is free unless `env` says which. */
export async function launch(
  app: 'api' | 'worker',
  { TEST_SPECIMEN: specimen, ...env }: Environment,
  bundle = OWN_BUNDLE,
): Promise<Program> {
  const portName = `${app.toUpperCase()}_PORT`;
  const port = env[portName] ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { child, pid, exited, stop } = startTethered({
    command: process.execPath,
    args: [join(bundle, specimen ? `specimen-${app}.js` : `${app}.js`)],
    cwd: ROOT,
    env: { ...RUN_ENVIRONMENT, PUBLIC_URL: url, ...env, [portName]: port },
    output: 'pipe',
    stopSignal: 'SIGTERM',
  });

  let output = '';
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  return {
    url,
    pid,
    exited,
    output: () => output,
    stopReading: () => streams.forEach((stream) => stream?.destroy()),
    pauseReading: () => streams.forEach((stream) => stream?.pause()),
    resumeReading: () => streams.forEach((stream) => stream?.resume()),
    signal: (name) => process.kill(pid, name),
    stop,
  };
}

/** Started and ready for work. `bundle`: of another build. @throws with its output when it ends instead */
export async function start(app: 'api' | 'worker', env: Environment, bundle = OWN_BUNDLE): Promise<Program> {
  const program = await launch(app, env, bundle);
  let exitCode: number | undefined;
  void program.exited.then((code) => (exitCode = code));

  try {
    await eventually(async () => {
      if (exitCode !== undefined) return;
      const { status } = await fetch(`${program.url}/health/ready`);
      if (status !== 200) throw new Error(`The ${app} is not ready: ${status}`);
    }, 60_000);
    if (exitCode !== undefined) throw new Error(`The ${app} ended with ${exitCode} instead of becoming ready`);
  } catch (error) {
    await program.stop();
    throw new Error(program.output(), { cause: error });
  }
  return program;
}
