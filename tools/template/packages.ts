import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandFailed } from '../run-node.ts';
import { PARTS } from './parts.ts';

const LISTS = ['package.json', 'package-lock.json'];
/** Packages of this repository, which the lock file names. */
const OWN = ['tools/local-runtime', 'tools/postgres-schema-engine', 'tools/schematics'];
const UNINSTALL = ['uninstall', '--package-lock-only', '--ignore-scripts', '--offline'];

/**
 * Out of package.json and package-lock.json; nothing is fetched for it. In a folder that has nothing else: npm would write into node_modules,
 * which the copy of a checkout shares with it, that the packages are gone.
 */
export function removePackages(root: string, parts: readonly string[]): void {
  const packages = parts.flatMap((name) => PARTS[name]?.packages ?? []);
  if (packages.length === 0) return;

  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  try {
    for (const path of [...LISTS, '.npmrc', ...OWN]) cpSync(join(root, path), join(folder, path), { recursive: true });
    uninstall(folder, packages);
    for (const path of LISTS) cpSync(join(folder, path), join(root, path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function uninstall(cwd: string, packages: readonly string[]): void {
  const args = [...UNINSTALL, ...packages];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new CommandFailed(['npm', ...args], { exitCode: status ?? 1, output: `${stdout}\n${stderr}` });
}
