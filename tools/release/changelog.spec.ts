import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { sectionOf } from './changelog.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-12-01

### Added

- A thing.

### What a clone must do

Nothing.

## [1.0.0] - 2026-11-01

### Added

- Everything.
`;

describe('what the changelog says of a version', () => {
  it('is its section', () => {
    expect(sectionOf('1.1.0', CHANGELOG)).toBe('### Added\n\n- A thing.\n\n### What a clone must do\n\nNothing.');
  });

  it('has to be there, and to tell those who have cloned what to do', () => {
    expect(() => sectionOf('1.2.0', CHANGELOG)).toThrow('nothing of 1.2.0');
    expect(() => sectionOf('1.1', CHANGELOG)).toThrow('nothing of 1.1');
    expect(() => sectionOf('1.0.0', CHANGELOG)).toThrow('what a clone must do');
  });

  it('is there for the version of this checkout', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

    expect(sectionOf(version, readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))).not.toBe('');
  });
});
