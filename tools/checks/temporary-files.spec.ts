import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeAndTell } from './temporary-files.ts';

const aFolderWith = (...names: string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
};

describe('temporary files of a test run', () => {
  it('are in a folder of their own', () => {
    expect(tmpdir()).toMatch(/\/tests-\w{6}$/);
  });

  it('fail the run when a test leaves one, and go all the same', () => {
    const folder = aFolderWith('one', 'other');

    expect(() => removeAndTell(folder)).toThrow('Tests left 2 temporary files behind: one, other');
    expect(existsSync(folder)).toBe(false);
  });

  it('may be what Node keeps for itself', () => {
    const folder = aFolderWith();
    mkdirSync(join(folder, 'node-compile-cache'));

    expect(() => removeAndTell(folder)).not.toThrow();
    expect(existsSync(folder)).toBe(false);
  });
});
