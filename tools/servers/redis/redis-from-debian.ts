import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { machineEnvironment } from '../shell-environment.ts';
import type { RedisProgram } from './redis.ts';

const PROGRAM = 'usr/bin/redis-server';

/** Debian's and Ubuntu's own packages, unpacked instead of installed: needs no root and changes nothing on the machine. */
export async function unpackRedis(directory: string): Promise<RedisProgram | null> {
  const isThere = existsSync(join(directory, PROGRAM));
  if (!isThere && !((await canUnpack()) && (await fetchInto(directory)))) return null;
  return unpackedRedis(directory);
}

/** Whether this is a Debian or Ubuntu: whether their packages can be had from here is not asked. */
export const canUnpack = async (): Promise<boolean> =>
  (await runs('apt-get', ['--version'])) && (await runs('dpkg', ['--version']));

/** What was unpacked there before, if it runs. */
export async function unpackedRedis(directory: string): Promise<RedisProgram | null> {
  const program = programIn(resolve(directory));
  return (await runs(program.command, ['--version'], { env: program.env })) ? program : null;
}

/** Libraries are named from the folder of the program (ld.so(8), $ORIGIN): the list has no way to write a ":" that is part of a path. */
function programIn(root: string): RedisProgram {
  const folders = globSync(['usr/lib/*', 'lib/*'], { cwd: root });
  const env = {
    ...machineEnvironment(),
    LD_LIBRARY_PATH: folders.map((folder) => `$ORIGIN/../../${folder}`).join(':'),
  };
  return { command: join(root, PROGRAM), env, origin: "redis-server from Debian's packages" };
}

/** Beside its final place and renamed at the end: half a Redis is never found, and two that fetch at once do not meet. */
async function fetchInto(directory: string): Promise<boolean> {
  mkdirSync(dirname(directory), { recursive: true });
  const work = mkdtempSync(join(resolve(dirname(directory)), `${basename(directory)}-`));
  try {
    // The machine's package lists may be missing, or too old to download by: then with lists of our own.
    const isUnpacked = (await unpack(work, [])) || (await unpack(work, await freshLists(work)));
    if (isUnpacked && !existsSync(directory)) renameSync(join(work, 'root'), directory);
    return isUnpacked;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function unpack(work: string, options: readonly string[]): Promise<boolean> {
  const packages = join(work, 'packages');
  mkdirSync(packages, { recursive: true });
  const names = await missingPackages(options);
  if (names.length === 0 || !(await runs('apt-get', [...options, '-qq', 'download', ...names], { cwd: packages })))
    return false;

  for (const name of readdirSync(packages)) {
    if (name.endsWith('.deb') && !(await runs('dpkg', ['-x', join(packages, name), join(work, 'root')]))) return false;
  }
  return true;
}

/** What installing Redis would bring to this machine: the server, and the libraries that are not here yet. */
async function missingPackages(options: readonly string[]): Promise<string[]> {
  const plan = await output('apt-get', [...options, 'install', '--print-uris', '-qq', 'redis-server']);
  return [...(plan ?? '').matchAll(/^'[^']+' ([^_\s]+)_/gm)].map(([, name = '']) => name);
}

async function freshLists(work: string): Promise<string[]> {
  mkdirSync(join(work, 'lists/partial'), { recursive: true });
  mkdirSync(join(work, 'cache/archives/partial'), { recursive: true });
  const folders = [`Dir::State::lists=${join(work, 'lists')}`, `Dir::Cache=${join(work, 'cache')}`];
  // apt run by root steps down to a user who may not reach this folder.
  const options = [...folders, 'APT::Sandbox::User=root'].flatMap((option) => ['-o', option]);
  await runs('apt-get', [...options, '-qq', 'update']);
  return options;
}

type Place = Readonly<{ env?: NodeJS.ProcessEnv; cwd?: string }>;

async function runs(command: string, args: readonly string[], place?: Place): Promise<boolean> {
  return (await output(command, args, place)) !== null;
}

async function output(command: string, args: readonly string[], place: Place = {}): Promise<string | null> {
  return promisify(execFile)(command, args, { ...place, encoding: 'utf8' }).then(
    ({ stdout }) => stdout,
    () => null,
  );
}
