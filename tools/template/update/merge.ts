import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { askGit, git } from './git.ts';

const AS_TEMPLATE = {
  ...{ GIT_AUTHOR_NAME: 'template', GIT_AUTHOR_EMAIL: 'template@localhost' },
  ...{ GIT_COMMITTER_NAME: 'template', GIT_COMMITTER_EMAIL: 'template@localhost' },
};

/** Files in a folder, of which a commit is to be made. */
export type Tree = Readonly<{ folder: string; files: readonly string[]; title: string }>;

/** What git could not decide, and what became of it. */
export type Conflict = Readonly<{
  path: string;
  /** `both-changed`: the file has git's markers. Else it stays as the project has it: gone, or changed. */
  kind: 'both-changed' | 'removed-here' | 'removed-there';
}>;

/** As `git status` abbreviates them; those that end or begin with an "added" come of renaming. */
const CONFLICTS: Readonly<{ [state: string]: Conflict['kind'] }> = {
  ...{ DU: 'removed-here', UD: 'removed-there' },
  ...{ UU: 'both-changed', AA: 'both-changed', AU: 'both-changed', UA: 'both-changed', DD: 'both-changed' },
};

/**
 * Brings what is other in `after` than in `before` into the work tree of `root`, as `git cherry-pick` does: by three-way merge, with what was renamed
 * and which files may be executed. Leaves it staged, and conflicts as git leaves them, for `git mergetool` and its like.
 */
export function mergeInto(root: string, before: Tree, after: Tree): Conflict[] {
  const parent = commitOf(root, before, []);
  const picked = commitOf(root, after, ['-p', parent]);
  const { exitCode, error } = askGit(root, ['cherry-pick', '--no-commit', '--allow-empty', picked]);
  const conflicts = conflictsIn(root);
  if (exitCode !== 0 && conflicts.length === 0) throw new Error(`git could not merge: ${error}`);

  for (const { path, kind } of conflicts) {
    if (kind === 'removed-here') git(root, ['rm', '--quiet', '--force', '--', path]);
    if (kind === 'removed-there') git(root, ['add', '--', path]);
  }
  return conflicts;
}

/** All of `work`, or nothing: only where nothing was there that is not committed. @throws what failed */
export function orNothing<T>(root: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    git(root, ['reset', '--quiet', '--hard', 'HEAD']);
    throw error;
  }
}

/** A commit that no branch leads to: git forgets it after some weeks. */
function commitOf(root: string, { folder, files, title }: Tree, parents: readonly string[]): string {
  const index = join(folder, 'merged.index');
  const env = {
    ...AS_TEMPLATE,
    ...{ GIT_DIR: git(root, ['rev-parse', '--absolute-git-dir']), GIT_WORK_TREE: folder, GIT_INDEX_FILE: index },
  };
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  git(folder, ['--literal-pathspecs', 'add', '--force', ...list], { env, input: files.join('\0') });
  const tree = git(folder, ['write-tree'], { env });
  rmSync(index);
  return git(folder, ['commit-tree', tree, ...parents, '-m', title], { env });
}

function conflictsIn(root: string): Conflict[] {
  const lines = git(root, ['status', '--porcelain', '-z']).split('\0');
  return lines.flatMap((line) => {
    const kind = CONFLICTS[line.slice(0, 2)];
    return kind ? [{ path: line.slice(3), kind }] : [];
  });
}
