import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { ROOT } from '../../bootstrap/places.mjs';
import { missing, ok, optional } from '../finding.mjs';

const GB = 1e9;
/** The packages take more than one. */
const DISK_TO_INSTALL = 2 * GB;
const DISK_TO_RUN = 0.5 * GB;
const MEMORY_TO_RUN = 1 * GB;
const MEMORY_TO_TEST = 2 * GB;

export function spaceFacts(isInstalled) {
  const { bavail, bsize } = statfsSync(ROOT);
  // Of a container, if it has a limit.
  return { disk: bavail * bsize, memory: Math.min(totalmem(), process.constrainedMemory() || Infinity), isInstalled };
}

/** @param {{ disk: number, isInstalled: boolean }} facts */
export function checkDisk({ disk, isInstalled }) {
  const needed = isInstalled ? DISK_TO_RUN : DISK_TO_INSTALL;
  if (disk >= needed) return ok('Disk', `${inGb(disk)} free`);
  return missing(
    'Disk',
    `${inGb(disk)} free, and ${inGb(needed)} are needed`,
    'make room, for example: npm cache clean --force',
  );
}

/** @param {{ memory: number }} facts */
export function checkMemory({ memory }) {
  if (memory < MEMORY_TO_RUN) return missing('Memory', `${inGb(memory)}`, `npm start needs ${inGb(MEMORY_TO_RUN)}`);
  if (memory < MEMORY_TO_TEST) return optional('Memory', `${inGb(memory)}`, `npm test needs ${inGb(MEMORY_TO_TEST)}`);
  return ok('Memory', inGb(memory));
}

const inGb = (bytes) => `${(bytes / GB).toFixed(1)} GB`;
