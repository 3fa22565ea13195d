import { spawnSync } from 'node:child_process';

type Options = Readonly<{ env?: NodeJS.ProcessEnv; input?: string }>;

/** What git said, or why it would not. */
export type Answer = Readonly<{ exitCode: number; output: string; error: string }>;

/** Without the state that a caller's environment may have set, such as that of a hook. */
export function askGit(cwd: string, args: readonly string[], { env, input }: Options = {}): Answer {
  const { GIT_DIR: _dir, GIT_INDEX_FILE: _index, GIT_WORK_TREE: _tree, ...rest } = process.env;
  const { status, stdout, stderr, error } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...rest, LC_ALL: 'C', ...env },
    ...(input !== undefined && { input }),
  });
  if (error) throw new Error(`git could not be run: ${error.message}`);
  return { exitCode: status ?? 1, output: stdout, error: stderr.trim() };
}

/** @throws Error with what git said */
export function git(cwd: string, args: readonly string[], options: Options = {}): string {
  const { exitCode, output, error } = askGit(cwd, args, options);
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${error}`);
  return output.trimEnd();
}
