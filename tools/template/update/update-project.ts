import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Record, recordText } from '../record.ts';
import { RECORD } from '../template-itself.ts';
import { git } from './git.ts';
import { type Conflict, mergeInto, type Tree } from './merge.ts';
import { newMigrations, placed } from './migrations.ts';
import { mergePackageFile } from './package-file.ts';
import { stage } from './stage.ts';
import { filesOf, type Version } from './version.ts';

const PACKAGE = 'package.json';

/** What a person has to look at, by path. */
export type ByHand = Readonly<{ path: string; why: string }>;

/** `beside`: files of the project's own that the template changed as well. */
export type Updated = Readonly<{ byHand: readonly ByHand[]; beside: readonly string[]; hasOtherPackages: boolean }>;

const WHY: Readonly<{ [kind in Conflict['kind']]: string }> = {
  'both-changed': 'you and the template changed the same lines: both stand there, between markers',
  'removed-here': 'you removed it and the template changed it: it stays away',
  'removed-there': 'the template removed it and you changed it: it stays',
};

/** Brings what the template changed between two versions into the work tree of `root`, and stages it. */
export function updateProject(root: string, before: Version, after: Version, record: Record): Updated {
  const ours = git(root, ['show', `HEAD:./${PACKAGE}`]);
  const conflicts = mergeInto(root, treeOf(before), treeOf(after));
  const byHand = conflicts.filter(({ path }) => path !== PACKAGE).map(({ path, kind }) => ({ path, why: WHY[kind] }));
  const packages = mergePackageFile(textIn(before.folder, PACKAGE), ours, textIn(after.folder, PACKAGE));
  stage(root, PACKAGE, packages.text);
  for (const [path, sql] of placed(root, newMigrations(before, after), new Date())) stage(root, path, sql);
  stage(root, RECORD, recordText(record));
  return {
    byHand: [...byHand, ...packages.conflicts.map(entryByHand)],
    beside: changedBeside(before, after),
    hasOtherPackages: !haveSamePackages(ours, packages.text),
  };
}

const treeOf = (version: Version): Tree => ({
  folder: version.folder,
  files: filesOf('template', version),
  title: `template ${version.number}`,
});

const entryByHand = (entry: string): ByHand => ({
  path: PACKAGE,
  why: `you and the template changed ${entry}: yours stands`,
});

function changedBeside(before: Version, after: Version): string[] {
  const old = new Set(filesOf('yours', before));
  return filesOf('yours', after).filter(
    (path) => old.has(path) && textIn(before.folder, path) !== textIn(after.folder, path),
  );
}

function haveSamePackages(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => {
    const { dependencies, devDependencies, overrides } = JSON.parse(text);
    return { dependencies, devDependencies, overrides };
  });
  return isDeepStrictEqual(one, other);
}

const textIn = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
