import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './servers/local-directory.ts';

/** Prisma's command line. */
export const PRISMA = join(ROOT, 'node_modules/prisma/build/index.js');

type Options = Readonly<{
  /** The whole environment; without it, that of this process. */
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}>;

export type Finished = Readonly<{ exitCode: number; output: string }>;

/** What a program printed before it failed. */
export class CommandFailed extends Error {
  readonly output: string;
  readonly exitCode: number;

  constructor(args: readonly string[], { output, exitCode }: Finished) {
    super(`${args.join(' ')} failed`);
    this.output = output;
    this.exitCode = exitCode;
  }
}

/** Runs a program in the root of the project, on the Node that runs us, which need not be the one on the PATH. */
export function runNode(
  args: readonly string[],
  { env = process.env, signal, onLine }: Options = {},
): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    // A parent that colours its output would make every child do so, into a pipe.
    env: { ...env, FORCE_COLOR: undefined, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (onLine) chunk.split('\n').forEach(onLine);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => (output += `\n${error.message}`));
    child.once('close', (code, stoppedBy) => {
      if (stoppedBy) output += `\nstopped by ${stoppedBy}`;
      resolve({ exitCode: code ?? 1, output });
    });
  });
}

/** Its output is of interest only when it fails. @throws CommandFailed, or what `signal` was aborted with */
export async function requireNode(args: readonly string[], options: Options): Promise<void> {
  const finished = await runNode(args, options);
  options.signal?.throwIfAborted();
  if (finished.exitCode !== 0) throw new CommandFailed(args, finished);
}
