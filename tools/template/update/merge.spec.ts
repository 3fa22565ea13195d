import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from './git.ts';
import { mergeInto, orNothing, type Tree } from './merge.ts';

type Files = Readonly<Record<string, string>>;

const AS_SOMEBODY = ['-c', 'user.name=t', '-c', 'user.email=t@example.test'];
const LONG = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join('');

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'merge-'));
  root = join(folder, 'project');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(at: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
}

function tree(name: string, files: Files): Tree {
  mkdirSync(join(folder, name));
  write(join(folder, name), files);
  return { folder: join(folder, name), files: Object.keys(files), title: name };
}

/** A project that has committed these files, which were `before` in the template and are `after` there now. */
function merge(project: Files, before: Files, after: Files) {
  write(root, { '.gitignore': 'ignored\n', ...project });
  git(root, ['init', '--quiet']);
  commit();
  return mergeInto(root, tree('before', before), tree('after', after));
}

function commit(): void {
  git(root, ['add', '--all']);
  git(root, [...AS_SOMEBODY, 'commit', '--quiet', '--message=mine']);
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const staged = (): string[] => git(root, ['diff', '--cached', '--name-status']).split('\n').sort();

describe('what the template has changed', () => {
  it('comes, goes, and leaves alone what it did not change', () => {
    const mine = { 'mine.ts': 'mine\n', 'same.ts': 'changed by me\n' };
    const before = { 'same.ts': 's\n', 'old.ts': 'old\n', 'changed.ts': 'a\n' };
    const conflicts = merge({ ...before, ...mine }, before, {
      'same.ts': 's\n',
      'new/one.ts': 'new\n',
      'changed.ts': 'b\n',
    });

    expect(conflicts).toEqual([]);
    expect(staged()).toEqual(['A\tnew/one.ts', 'D\told.ts', 'M\tchanged.ts']);
    expect([read('changed.ts'), read('same.ts'), read('mine.ts')]).toEqual(['b\n', 'changed by me\n', 'mine\n']);
  });

  it('goes beside what the project has changed elsewhere in the file', () => {
    const conflicts = merge(
      { 'a.ts': LONG.replace('line 1\n', 'mine\n') },
      { 'a.ts': LONG },
      { 'a.ts': LONG.replace('line 18\n', 'theirs\n') },
    );

    expect(conflicts).toEqual([]);
    expect(read('a.ts')).toBe(LONG.replace('line 1\n', 'mine\n').replace('line 18\n', 'theirs\n'));
  });

  it('follows a file to its new name, with what the project has changed in it', () => {
    merge({ 'a.ts': `${LONG}mine\n` }, { 'a.ts': LONG }, { 'b/c.ts': LONG });

    expect(existsSync(join(root, 'a.ts'))).toBe(false);
    expect(read('b/c.ts')).toBe(`${LONG}mine\n`);
  });

  it('may be a program', () => {
    write(root, { 'a.ts': '' });
    git(root, ['init', '--quiet']);
    commit();
    const after = tree('after', { 'run.sh': '#!/bin/sh\n' });
    chmodSync(join(after.folder, 'run.sh'), 0o755);
    mergeInto(root, tree('before', {}), after);

    expect(statSync(join(root, 'run.sh')).mode & 0o111).not.toBe(0);
  });

  it('may be a file that the template itself ignores', () => {
    merge({ 'a.ts': '' }, {}, { 'b/ignored': 'x', '.gitignore': 'ignored\n' });

    expect(staged()).toEqual(['A\tb/ignored']);
  });
});

describe('a conflict', () => {
  it('stands between markers where both changed the same lines', () => {
    expect(merge({ 'a.ts': 'mine\n' }, { 'a.ts': 'a\n' }, { 'a.ts': 'theirs\n' })).toEqual([
      { path: 'a.ts', kind: 'both-changed' },
    ]);
    expect(read('a.ts')).toMatch(/^<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> \w+ \(after\)\n$/);
  });

  it('of two files that both made stands between markers', () => {
    expect(merge({ 'a.ts': 'mine\n' }, {}, { 'a.ts': 'theirs\n' })).toEqual([{ path: 'a.ts', kind: 'both-changed' }]);
  });

  it('over what the project removed leaves it away', () => {
    expect(merge({ 'b.ts': '' }, { 'a.ts': 'a\n' }, { 'a.ts': 'theirs\n' })).toEqual([
      { path: 'a.ts', kind: 'removed-here' },
    ]);
    expect([existsSync(join(root, 'a.ts')), git(root, ['status', '--porcelain'])]).toEqual([false, '']);
  });

  it('over what the template removed leaves it as the project has it', () => {
    expect(merge({ 'a.ts': 'mine\n' }, { 'a.ts': 'a\n' }, {})).toEqual([{ path: 'a.ts', kind: 'removed-there' }]);
    expect([read('a.ts'), git(root, ['status', '--porcelain'])]).toEqual(['mine\n', '']);
  });
});

it('takes everything back when something fails after it', () => {
  const failing = () =>
    orNothing(root, () => {
      mergeInto(root, tree('before', { 'a.ts': 'a\n' }), tree('after', { 'a.ts': 'b\n', 'new.ts': '', 'c.ts': 'c\n' }));
      throw new Error('The disk is full.');
    });
  write(root, { 'a.ts': 'a\n', 'c.ts': 'mine\n' });
  git(root, ['init', '--quiet']);
  commit();

  expect(failing).toThrow('The disk is full.');
  expect([read('a.ts'), read('c.ts'), existsSync(join(root, 'new.ts'))]).toEqual(['a\n', 'mine\n', false]);
  expect(git(root, ['status', '--porcelain'])).toBe('');
});
