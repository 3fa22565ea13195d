import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BIN } from './places.mjs';

const OLDEST = [24, 11, 1];

/** Node 24 comes through npm where there is a package of it; elsewhere the host must have it. @throws */
export function chooseNode() {
  const installed = join(BIN, 'node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;

  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `Node ${OLDEST.join('.')} is needed and this is ${process.versions.node}: install Node 24 from https://nodejs.org.`,
  );
}

export function isNewEnough(version) {
  const given = version.split('.').map(Number);
  return (OLDEST.map((part, at) => given[at] - part).find((part) => part !== 0) ?? 0) >= 0;
}
