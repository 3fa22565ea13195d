import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** What package.json says. */
export const serviceVersion: string = readVersion();

function readVersion(): string {
  const path = findPackageJSON('..', import.meta.url);
  return path === undefined ? 'unknown' : (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
