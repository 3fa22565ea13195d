import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Options = Readonly<{
  signal?: AbortSignal;
  env?: Record<string, string | undefined>;
  onLine?: (line: string) => void;
}>;

export type Finished = Readonly<{ exitCode: number; stdout: string; stderr: string; output: string }>;

/** Runs a program of node_modules or of this repository on the Node that runs us, which need not be the one on the PATH. */
export function runNode(args: readonly string[], { signal, env = {}, onLine }: Options = {}): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    // A parent that colours its output would make every child do so, into a pipe.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal, killSignal: 'SIGTERM' as const } : {}),
  });
  return finished(child, onLine);
}

function finished(child: ChildProcess, onLine?: (line: string) => void): Promise<Finished> {
  const texts = { stdout: '', stderr: '', output: '' };

  const collect = (stream: 'stdout' | 'stderr') => (chunk: string) => {
    texts[stream] += chunk;
    texts.output += chunk;
    if (onLine) for (const line of chunk.split('\n')) onLine(line);
  };
  child.stdout?.setEncoding('utf8').on('data', collect('stdout'));
  child.stderr?.setEncoding('utf8').on('data', collect('stderr'));

  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ...texts, exitCode: 1, output: `${texts.output}\n${error.message}` }));
    child.on('close', (code, signal) =>
      resolve({
        ...texts,
        exitCode: code ?? 1,
        output: signal ? `${texts.output}\nstopped by ${signal}` : texts.output,
      }),
    );
  });
}
