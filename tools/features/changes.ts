import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';

/** Null: there is no such file. */
export type Change = Readonly<{ path: string; before: string | null; after: string | null }>;

export const CHANGED_BY_FEATURES: readonly string[] = [
  '{apps,docs,libs,prisma,test}/**/*',
  'openapi.json',
  '.env.example',
  'tools/docs/retired-errors.ts',
];
const NEVER = /^\.git$|(?:^|\/)(?:generated|node_modules)\//;

/** What a copy has, and this checkout has not or otherwise, among the files that match. */
export function changesIn(copy: string, patterns: readonly string[]): Change[] {
  const paths = new Set([ROOT, copy].flatMap((root) => filesIn(root, patterns)));
  return [...paths]
    .sort()
    .map((path) => ({ path, before: read(ROOT, path), after: read(copy, path) }))
    .filter(({ before, after }) => before !== after);
}

/** All of them, or none: what was written is taken back when one fails. @throws what failed */
export function apply(changes: readonly Change[]): void {
  const done: Change[] = [];
  try {
    for (const change of changes) {
      done.push(change);
      write(change.path, change.after);
    }
  } catch (error) {
    for (const { path, before } of done) write(path, before);
    throw error;
  }
}

/** One line for each. */
export function describeChange({ path, before, after }: Change): string {
  if (after === null) return `DELETE ${path}`;
  return `${before === null ? 'CREATE' : 'UPDATE'} ${path} (${Buffer.byteLength(after)} bytes)`;
}

/** @throws Error when the work tree holds what is not committed: nobody could tell afterwards whose change is whose */
export function requireCleanTree(otherwise = ''): void {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0 && stdout.trim() !== '')
    throw new Error(`Commit or stash your changes first${otherwise}:\n${stdout.trimEnd()}`);
}

function filesIn(root: string, patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''))
    .filter((path) => !NEVER.test(path));
}

const read = (root: string, path: string): string | null =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;

function write(path: string, text: string | null): void {
  const file = join(ROOT, path);
  if (text === null) return remove(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** With the folders that are empty then: an empty one among the migrations is an error to Prisma. */
function remove(file: string): void {
  rmSync(file, { force: true });
  for (let folder = dirname(file); folder !== ROOT && isEmpty(folder); folder = dirname(folder)) rmdirSync(folder);
}

const isEmpty = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length === 0;
