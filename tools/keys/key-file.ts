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

  const { path, value } = file === null ? configured(env) : { path: file, value: null };
  if (value !== null) return { name: 'AUTH_SIGNING_KEYS', read: () => value, path: null };
  return { name: path, read: () => readFile(path), path };
}

/** A set that is configured by its value cannot be rewritten in place. */
function configured(env: NodeJS.ProcessEnv): Readonly<{ path: string; value: string | null }> {
  const [value, path] = [env.AUTH_SIGNING_KEYS?.trim(), env.AUTH_SIGNING_KEYS_FILE?.trim()];
  if (value && path) throw new Refusal('AUTH_SIGNING_KEYS is set twice, also as AUTH_SIGNING_KEYS_FILE.');
  return { path: path || join(localDirectory(), 'secrets', 'AUTH_SIGNING_KEYS'), value: value || null };
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
    throw new Refusal(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Name a set with --file, or make one with npm start.`,
    );
  }
}
