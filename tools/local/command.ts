import { spawn } from 'node:child_process';
import { ROOT } from '../servers/local-directory.ts';

/** What a command printed before it failed. */
export class CommandFailed extends Error {
  readonly output: string;
  readonly exitCode: number | null;

  constructor(command: string, output: string, exitCode: number | null) {
    super(`${command} failed`);
    this.output = output;
    this.exitCode = exitCode;
  }
}

/** Runs to its end in the root of the project; its output is shown only when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(command, args, { cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));

  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), output, code);
}
