import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** One level after the other: Node's recursive mkdir never returns where the system lets nobody make a folder, such as below /proc. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Stays when a folder is moved, and is another one for its copy. */
export function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `${dev}:${ino}`;
}
