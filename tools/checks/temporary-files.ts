import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MADE_BY = 'TEST_TEMPORARY_FILES_OF';
/** Made by Node itself, for programs that ask it to keep what it compiled. */
const OF_NODE = 'node-compile-cache';

/**
 * Temporary files of a test run have a folder of their own, which goes with the run. What a test leaves there is a mistake all the same:
 * a machine that runs tests for months fills up with it. Called for each project of Vitest; the first one makes the folder for all.
 */
export default function setup(): (() => void) | undefined {
  if (process.env[MADE_BY] === String(process.pid)) return undefined;
  process.env[MADE_BY] = String(process.pid);
  const folder = mkdtempSync(join(tmpdir(), 'tests-'));
  // Servers that may not run as root run as somebody else.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => removeAndTell(folder);
}

/** @throws Error that names what was left */
export function removeAndTell(folder: string): void {
  const left = readdirSync(folder).filter((name) => name !== OF_NODE);
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`Tests left ${left.length} temporary files behind: ${left.join(', ')}`);
}
