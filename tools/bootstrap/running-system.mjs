import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive } from './is-alive.mjs';
import { ROOT } from './places.mjs';

const DATABASES = ['DATABASE_URL', 'DATABASE_DIRECT_URL'];

/**
 * What the environment lacks to work on the system that npm start runs here, as that has written it into run.json. What is set stays.
 * Nothing at all when a database is named that is not the system's: half of one system and half of another is neither.
 */
export function variablesOfStart(env) {
  const run = readRun(localFolder(env));
  if (run === null || DATABASES.some((name) => isAnother(valueOf(env, name), run.environment[name]))) return {};

  console.error(`Working on the system that npm start runs here: ${run.api}`);
  return Object.fromEntries(
    Object.entries(run.environment).filter(([name]) => !isSet(env, name.replace(/_FILE$/, ''))),
  );
}

export const localFolder = (env) => resolve(ROOT, env.LOCAL_DIR?.trim() || '.local');

/** Null unless the start that wrote it still runs, and in this folder: a copy of a folder tells of the original. */
export function readRun(folder) {
  const [file, lock] = [join(folder, 'run.json'), join(folder, 'start.pid')];
  if (!existsSync(file) || !existsSync(lock)) return null;
  const run = JSON.parse(readFileSync(file, 'utf8'));
  const { dev, ino } = statSync(folder, { bigint: true });
  return isAlive(run.pids.start) && readFileSync(lock, 'utf8').startsWith(`${run.pids.start} ${dev}:${ino} `)
    ? run
    : null;
}

const isAnother = (named, ofStart) => named !== undefined && named !== ofStart;

const isSet = (env, name) => Boolean(env[name]?.trim() || env[`${name}_FILE`]?.trim());

/** As the service reads it: spaces around a value are none of it. A file that cannot be read names some database, which its reader will refuse. */
function valueOf(env, name) {
  const [value, file] = [env[name]?.trim(), env[`${name}_FILE`]?.trim()];
  if (value || !file) return value || undefined;
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : file;
}
