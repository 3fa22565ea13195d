import { askGit } from './git.ts';

/** @throws Error unless `root` is a work tree of git in which nothing is that is not committed: an update is taken back by going back to the commit */
export function requireMergeable(root: string): void {
  const inside = askGit(root, ['rev-parse', '--show-prefix']);
  if (inside.exitCode !== 0) throw new Error('An update is a merge: commit this project to git first.');
  if (inside.output.trim() !== '')
    throw new Error('This project is a folder of a larger repository: an update works only at its top.');

  const changes = askGit(root, ['status', '--porcelain']).output.trimEnd();
  if (changes !== '') throw new Error(`Commit or stash your changes first:\n${changes}`);
}
