import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePackages } from './packages.ts';

const BOARD = '@bull-board/api';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'project-'));
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'tools/local-runtime', 'tools/schematics'])
    cpSync(path, join(root, path), { recursive: true });
  cpSync('tools/postgres-schema-engine/package.json', join(root, 'tools/postgres-schema-engine/package.json'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

describe.runIf(existsSync('libs/features/queue-dashboard'))('the packages of a part that goes', () => {
  it('are neither asked for nor locked any more, and nor is what they needed; the others are', () => {
    const before = Object.keys(read('package-lock.json').packages);
    removePackages(root, ['orders', 'queue-dashboard']);
    const after = Object.keys(read('package-lock.json').packages);

    expect(read('package.json').dependencies).not.toHaveProperty(BOARD);
    expect(read('package.json').dependencies).toHaveProperty('bullmq');
    expect(before.filter((path) => !after.includes(path))).toEqual(
      expect.arrayContaining([`node_modules/${BOARD}`, 'node_modules/redis-info']),
    );
    expect(after.length).toBeGreaterThan(before.length - 10);
  });

  it('stay where they are installed: a copy shares node_modules with its checkout', () => {
    removePackages(root, ['queue-dashboard']);

    expect(existsSync(join(root, 'node_modules/.package-lock.json'))).toBe(false);
  });
});
