import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDirectory, ROOT } from '../servers/local-directory.ts';
import { apply, type Change } from './changes.ts';

let folder: string;
beforeEach(() => {
  mkdirSync(localDirectory(), { recursive: true });
  folder = mkdtempSync(join(localDirectory(), 'changes-'));
  writeFileSync(join(folder, 'old.txt'), 'old');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const change = (name: string, before: string | null, after: string | null): Change => ({
  path: relative(ROOT, join(folder, name)),
  before,
  after,
});
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('changes', () => {
  it('are made: files come, change and go', () => {
    apply([change('new/new.txt', null, 'new'), change('old.txt', 'old', 'changed')]);
    expect([read('new/new.txt'), read('old.txt')]).toEqual(['new', 'changed']);

    apply([change('new/new.txt', 'new', null)]);
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(read('old.txt')).toBe('changed');
  });

  it('are taken back when one of them fails', () => {
    const impossible = change('old.txt/inside.txt', null, 'x');
    const all = [change('new/new.txt', null, 'new'), change('old.txt', 'old', 'changed'), impossible];

    expect(() => apply(all)).toThrow(/ENOTDIR|EEXIST/);
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(read('old.txt')).toBe('old');
  });
});
