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

/** Out of package.json and package-lock.json; nothing is fetched for it. @throws CommandFailed */
export function removePackages(root: string, parts: readonly string[]): void {
  const packages = parts.flatMap((name) => PARTS[name]?.packages ?? []);
  if (packages.length > 0) editPackages(root, [...UNINSTALL, ...packages]);
}

/**
 * Has npm change package.json and package-lock.json in a folder that has nothing else: in `root` it would write into node_modules, which the copy of a
 * checkout shares with it, what the copy has.
 * @throws CommandFailed
 */
export function editPackages(root: string, command: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  try {
    for (const path of [...LISTS, '.npmrc', ...OWN]) cpSync(join(root, path), join(folder, path), { recursive: true });
    const { status, stdout, stderr } = spawnSync('npm', command, { cwd: folder, encoding: 'utf8' });
    if (status !== 0)
      throw new CommandFailed(['npm', ...command], { exitCode: status ?? 1, output: `${stdout}\n${stderr}` });
    for (const path of LISTS) cpSync(join(folder, path), join(root, path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
