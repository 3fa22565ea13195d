import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './servers/local-directory.ts';

const HAS_GIT = spawnSync('git', ['--version']).status === 0;

// What is compared or summed byte by byte is: scripts, migrations, generated documents.
(HAS_GIT ? it : it.skip)('a checkout is as it was committed where git is told to write CRLF', () => {
  const directory = mkdtempSync(join(tmpdir(), 'checkout-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.test', ...args], {
      cwd: directory,
      stdio: 'pipe',
    });
  git('init', '--quiet', 'origin');
  const files = [
    '.gitattributes',
    '.ci/run',
    '.env.example',
    'openapi.json',
    'tools/postgres-schema-engine/bin/schema-engine',
    'prisma/migrations/migration_lock.toml',
    'docs/errors.md',
  ];
  for (const file of files) cpSync(join(ROOT, file), join(directory, 'origin', file));
  git('-C', 'origin', 'add', '.');
  git('-C', 'origin', 'commit', '--quiet', '-m', 'all');

  git('-c', 'core.autocrlf=true', 'clone', '--quiet', 'origin', 'clone');
  const changed = files.filter(
    (file) => !readFileSync(join(directory, 'clone', file)).equals(readFileSync(join(ROOT, file))),
  );
  rmSync(directory, { recursive: true });

  expect(changed).toEqual([]);
});
