import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { localDirectory } from '../servers/local-directory.ts';
import { Refusal } from './key-set.ts';

/** Where a set comes from, and where it goes. Without a path it goes to standard output. */
export type KeyPlace = Readonly<{ name: string; read: () => string | Promise<string>; path: string | null }>;

/** @throws Refusal when it cannot be read */
export function keyPlace(file: string | null, env: NodeJS.ProcessEnv): KeyPlace {
  if (file === '-') return { name: 'standard input', read: () => text(process.stdin), path: null };

  const named = file ?? (env.AUTH_SIGNING_KEYS_FILE || null);
  const value = env.AUTH_SIGNING_KEYS;
  if (named === null && value) return { name: 'AUTH_SIGNING_KEYS', read: () => value, path: null };

  const path = named ?? join(localDirectory(), 'secrets', 'AUTH_SIGNING_KEYS');
  return { name: path, read: () => readFile(path), path };
}

/** Readable by its owner alone, and whole at any moment. */
export function replaceFile(path: string, content: string): void {
  const successor = `${path}.${randomUUID()}`;
  writeFileSync(successor, content, { mode: 0o600, flag: 'wx' });
  renameSync(successor, path);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Name a set with --file, or make one with npm start.`);
  }
}
