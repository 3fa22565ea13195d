import { spawnSync } from 'node:child_process';
import { ROOT } from './servers/local-directory.ts';
import { isTemplate, RECORD } from './template/template-itself.ts';

/** `name`: the tag, or what was asked for. */
export type Released = Readonly<{ name: string; text: string }>;

/**
 * A file as it was in the last release, which is the last tag before this commit, or in another state that git knows.
 * @returns undefined before the first release
 * @throws Error when the state that was asked for has no such file
 */
export function releasedFile(path: string, state?: string): Released | undefined {
  const name = state ?? lastRelease();
  if (name === undefined) return undefined;

  const text = git('show', `${name}:${path}`);
  if (text === undefined) throw new Error(`There is no ${path} in ${name}.`);
  return { name, text };
}

/** What was released before this was a project of its own, the template has promised, to others. */
function lastRelease(): string | undefined {
  const name = git('describe', '--tags', '--abbrev=0')?.trim();
  if (name === undefined || isTemplate(ROOT)) return name;
  return git('cat-file', '-e', `${name}:${RECORD}`) === undefined ? undefined : name;
}

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? stdout : undefined;
}
