import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../servers/local-directory.ts';
import { engineProgram } from './engine-program.ts';

const COMMITTED = readFileSync(join(ROOT, 'tools/prisma/schema-engine'), 'utf8');
const HAS_GIT = spawnSync('git', ['--version']).status === 0;

/** A project in a folder of this name, with the script as somebody left it. */
function setup(name: string, content: string, mode: number) {
  const directory = mkdtempSync(join(tmpdir(), 'engine-'));
  const root = join(directory, name);
  mkdirSync(root);
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  cpSync(join(ROOT, 'tools/prisma'), join(root, 'tools/prisma'), { recursive: true });
  for (const folder of ['libs', 'tools/database-commands', 'tools/local', 'tools/servers'])
    symlinkSync(join(ROOT, folder), join(root, folder));
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  const script = join(root, 'tools/prisma/schema-engine');
  writeFileSync(script, content);
  execFileSync('chmod', [mode.toString(8), script]);
  return { script, remove: () => rmSync(directory, { recursive: true }) };
}

describe('the script that Prisma starts as its engine', () => {
  it.each([
    ['with CRLF', 'plain', COMMITTED.replaceAll('\n', '\r\n'), 0o755],
    ['without its executable bit', 'plain', COMMITTED, 0o644],
    ['in a folder that the PATH cannot name', 'co:lon [a] "b" $HOME', COMMITTED, 0o755],
  ])('runs %s', (_what, name, content, mode) => {
    const { script, remove } = setup(name, content, mode);

    const { stdout, stderr } = spawnSync(engineProgram(script), ['--version'], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    });
    const mended = readFileSync(script, 'utf8');
    remove();

    expect([stdout, stderr]).toEqual([expect.stringMatching(/^schema-engine-wasm 7\./), '']);
    expect(mended).toBe(COMMITTED);
  });

  // What is compared or summed byte by byte is: scripts, migrations, generated documents.
  (HAS_GIT ? it : it.skip)('is checked out as it was committed where git is told to write CRLF', () => {
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
      'tools/prisma/schema-engine',
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
});
