import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { matchesGlob } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { ownerOf, readManifest } from './manifest.ts';
import { isTemplate } from './template-itself.ts';

const manifest = readManifest('.');
const files = spawnSync('git', ['ls-files'], { encoding: 'utf8' }).stdout.split('\n').filter(existsSync);

describe('whose a file is', () => {
  it.each([
    ['README.md', 'yours'],
    ['prisma/migrations/20261121000000_initial/migration.sql', 'yours'],
    ['libs/features/invoices/domain/invoice.ts', 'yours'],
    ['prisma/models/invoices.prisma', 'yours'],
    ['apps/mailer/src/main.ts', 'yours'],
    ['openapi.json', 'generated'],
    ['docs/errors.md', 'generated'],
    ['package.json', 'template'],
    ['docs/architecture.md', 'template'],
    ['prisma/migrations/migration_lock.toml', 'template'],
    ['libs/features/accounts/index.ts', 'template'],
    ['libs/platform/http/input/money.ts', 'template'],
    ['.github/workflows/ci.yml', 'template'],
  ])('%s: %s', (path, owner) => {
    expect(ownerOf(path, manifest)).toBe(owner);
  });
});

describe.runIf(isTemplate('.') && files.length > 0)('the manifest of the template', () => {
  const named = Object.values(manifest).flat();

  it('names every file, so that none is left out of updates', () => {
    expect(files.filter((file) => !named.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });

  it('names nothing that there is not, but for what a project begins with', () => {
    const without = named.filter((pattern) => !files.some((file) => matchesGlob(file, pattern)));

    expect(without.filter((pattern) => !['CHANGELOG.md', 'template.json'].includes(pattern))).toEqual([]);
  });
});
