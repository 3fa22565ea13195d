import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { ROOT } from './places.mjs';
import { step } from './step.mjs';

/** Each is what npm does by itself, unless the shell or the user's .npmrc says otherwise: half of an installation runs nothing. */
const AS_LOCKED = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--ignore-scripts=false',
  '--package-lock',
  '--dry-run=false',
  '--global=false',
];
/** The output is shown when it fails, also to people who said --silent. */
const READABLE = ['--loglevel=error', '--no-progress'];

export async function installIfNeeded() {
  if (isInstalled()) return;
  await exclusively(async () => {
    if (isInstalled()) return;
    requireOwnFolder();
    const env = { ...process.env, NODE_ENV: 'development' };
    await step(
      'Installing packages with npm ci; only needed when they change',
      'npm',
      ['ci', ...AS_LOCKED, ...READABLE],
      env,
    );
  });
}

/** npm ci empties the folder first, also one that belongs to another checkout. */
function requireOwnFolder() {
  if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      'node_modules is a link to a folder that lacks packages this checkout needs: remove the link, or install there.',
    );
}

/** npm records in node_modules what it put there; an install that was cut short has no such record. */
export function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn(join('node_modules', '.package-lock.json'));
  const identity = (entry) =>
    JSON.stringify([entry.version, entry.integrity, entry.dependencies, entry.optionalDependencies]);

  return Object.entries(wanted).every(([path, entry]) => {
    const isProject = path === '';
    if (present[path] === undefined) return isProject || entry.optional === true;
    return identity(present[path]) === identity(entry);
  });
}

function packagesIn(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}
