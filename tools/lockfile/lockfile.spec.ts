import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Lockfile, missingPlatforms, withPlatforms } from './platforms.ts';

const BUILDS = { 'engine-darwin-arm64': '1.2.0', 'engine-linux-x64-musl': '1.2.0' };
const LOCKFILE = new URL('../../package-lock.json', import.meta.url);

describe('package-lock.json', () => {
  const text = readFileSync(LOCKFILE, 'utf8');

  it('names no host: people who install it have a registry of their own', () => {
    expect(text.match(/"resolved": "[a-z+]+:\/\/.*"/g)).toBeNull();
  });

  it('has every build for other machines, or npm ci refuses it: node tools/lockfile/complete.ts', () => {
    const lock = JSON.parse(text) as Lockfile;

    expect(Object.keys(lock.packages).length).toBeGreaterThan(0);
    expect(missingPlatforms(lock)).toEqual([]);
  });
});

describe('completing a lock file', () => {
  const lock: Lockfile = {
    packages: {
      '': {},
      'node_modules/engine': { version: '1.2.0', dev: true, optionalDependencies: BUILDS },
      'node_modules/engine/node_modules/engine-darwin-arm64': { version: '1.2.0', optional: true },
    },
  };

  it('adds what is missing and nothing that is there', () => {
    expect(missingPlatforms(lock).map(({ name }) => name)).toEqual(['engine-linux-x64-musl']);
    expect(missingPlatforms(withPlatforms(lock))).toEqual([]);
  });

  it('says for which machine a build is, so that npm leaves it out on others', () => {
    const { packages } = withPlatforms(lock);

    expect(packages['node_modules/engine-linux-x64-musl']).toEqual({
      version: '1.2.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    });
  });
});
