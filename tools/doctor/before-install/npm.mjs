import { spawnSync } from 'node:child_process';
import { missing, ok } from '../finding.mjs';

export function npmVersion() {
  const { status, stdout } = spawnSync('npm', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return status === 0 ? stdout.trim() : null;
}

/** @param {string | null} version */
export const checkNpm = (version) =>
  version === null
    ? missing('npm', 'is not on the PATH', 'it comes with Node from https://nodejs.org')
    : ok('npm', version);
