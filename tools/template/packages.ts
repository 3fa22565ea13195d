import { spawnSync } from 'node:child_process';
import { CommandFailed } from '../run-node.ts';
import { PARTS } from './parts.ts';

/** Out of package.json and package-lock.json; nothing is fetched for it, and node_modules stays as it is. */
export function removePackages(root: string, parts: readonly string[]): void {
  const packages = parts.flatMap((name) => PARTS[name]?.packages ?? []);
  if (packages.length === 0) return;

  const args = ['uninstall', '--package-lock-only', '--ignore-scripts', '--offline', ...packages];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0)
    throw new CommandFailed(['npm', ...args], { exitCode: status ?? 1, output: `${stdout}\n${stderr}` });
}
