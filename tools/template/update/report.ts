import { git } from './git.ts';
import type { ByHand } from './update-project.ts';
import type { Version } from './version.ts';
import { whatACloneMustDo } from './what-a-clone-must-do.ts';

/** `changelog`: of the template, as it is in `after`. */
export type Result = Readonly<{
  before: Version;
  after: Version;
  byHand: readonly ByHand[];
  beside: readonly string[];
  changelog: string;
}>;

/** What was staged in `root`, and what is left for a person. */
export function reportOf(root: string, { before, after, byHand, beside, changelog }: Result): string {
  const toDo = whatACloneMustDo(changelog, before.number);
  return [
    `From template ${nameOf(before)} to ${nameOf(after)}:`,
    git(root, ['diff', '--cached', '--name-status', '--find-renames']),
    ...(byHand.length > 0 ? ['', 'By hand:', ...byHand.map(({ path, why }) => `  ${path}: ${why}`)] : []),
    ...(beside.length > 0
      ? ['', 'Yours, and not touched; the template changed its own:', `  ${beside.join(', ')}`]
      : []),
    ...(toDo.length > 0 ? ['', 'What a clone must do:', ...toDo] : []),
    '',
    'Read it with git diff --staged, prove it with npm test, and commit it. git reset --hard takes it back.',
  ].join('\n');
}

const nameOf = ({ number, commit }: Version): string => `${number} (${commit.slice(0, 12)})`;
