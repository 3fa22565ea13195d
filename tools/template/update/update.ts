import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../../features/in-copy.ts';
import { CommandFailed } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { type Record, readRecord } from '../record.ts';
import { git } from './git.ts';
import { orNothing } from './merge.ts';
import { type Plan, planOf } from './plan.ts';
import { reportOf } from './report.ts';
import { requireMergeable } from './require-mergeable.ts';
import { type Updated, updateProject } from './update-project.ts';
import { renderVersion, type Version } from './version.ts';
import { writeGenerated } from './write-generated.ts';

const HELP = `npm run template:update -- [options]

Brings what has changed in the template since this project began, or was updated last, into this checkout: libs/platform, tools, the helpers of tests
and configuration, as tools/template/manifest.json says. What you have changed stays; where both changed the same lines, git's markers stand. What is
yours alone is not touched. Everything is left staged, for you to read and to commit; git reset --hard takes all of it back.

  --from=<address>    where the template is: what git can clone, or a folder; else where the last update came from
  --to=<version>      a tag, branch or commit of it; else its last release
  --base=<version>    what this project has now, where the template does not know the commit in template.json
  --without=<parts>   new parts that you do not want, separated by commas
  --dry-run           shows what would change, and changes nothing
  --help              this text`;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;

function main(argv: readonly string[]): number {
  const { values } = parseArgs({
    args: [...argv],
    options: { from: TEXT, to: TEXT, base: TEXT, without: TEXT, 'dry-run': FLAG, help: { ...FLAG, short: 'h' } },
  });
  const { help, 'dry-run': isDryRun, ...request } = values;
  if (help) {
    console.log(HELP);
    return 0;
  }
  requireMergeable(ROOT);
  return inTemporaryFolder((folder) => {
    say('Fetching the template');
    const plan = planOf(ROOT, readRecord(ROOT), request, folder);
    if (plan.base !== plan.target) return isDryRun ? tryOut(plan, folder) : update(plan, folder);
    console.log('This project has the newest version of the template: nothing is to do.');
    return 0;
  });
}

/** @returns the exit code: 1 when something is left for a person, as git merge does */
function update(plan: Plan, folder: string): number {
  const [before, after] = bothVersions(plan, folder);
  const updated = orNothing(ROOT, () => merge(before, after, plan));
  console.log(reportOf(ROOT, { ...updated, before, after, changelog: changelogAt(plan) }));
  return updated.byHand.length === 0 ? 0 : 1;
}

function merge(before: Version, after: Version, plan: Plan): Updated {
  say('Merging');
  const updated = updateProject(ROOT, before, after, recordAt(after, plan));
  say('Writing what is generated');
  return { ...updated, byHand: [...updated.byHand, ...writeGenerated(ROOT, updated)] };
}

/** In another work tree of the same repository, which goes with the temporary folder. */
function tryOut(plan: Plan, folder: string): number {
  const [before, after] = bothVersions(plan, folder);
  const root = join(folder, 'tried');
  git(ROOT, ['worktree', 'add', '--quiet', '--detach', root, 'HEAD']);
  try {
    const updated = updateProject(root, before, after, recordAt(after, plan));
    const report = reportOf(root, { ...updated, before, after, changelog: changelogAt(plan) });
    console.log(`${report}\n\nNothing was changed: this was a dry run.`);
    return 0;
  } finally {
    git(ROOT, ['worktree', 'remove', '--force', root]);
  }
}

function bothVersions({ source, base, target, record }: Plan, folder: string): [Version, Version] {
  say('Giving both versions of it the names and the parts of this project');
  return [
    renderVersion(source, base, record, join(folder, 'before')),
    renderVersion(source, target, record, join(folder, 'after')),
  ];
}

const recordAt = ({ number, commit }: Version, { record }: Plan): Record => ({
  ...record,
  template: { ...record.template, version: number, commit },
});

const changelogAt = ({ source, target }: Plan): string => source.textAt(target, 'CHANGELOG.md');

function inTemporaryFolder(work: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'template-update-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : (error as Error).message);
  console.error('Nothing was changed.');
  process.exitCode = 1;
}
