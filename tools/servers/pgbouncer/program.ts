import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** What to run to get a PgBouncer, and what stands before its own arguments. */
export type PgBouncerProgram = Readonly<{ command: string; args: readonly string[]; origin: string }>;

/** The first that keeps prepared statements in transaction mode. */
const OLDEST = 1.21;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** PgBouncer 1.24 of Debian 13, with all the libraries it loads: they run by a loader of their own, also where the system has older ones. */
const SUITE = 'trixie';
const PACKAGES = [
  'pgbouncer',
  'libc6',
  'libcares2',
  'libevent-2.1-7t64',
  'libpam0g',
  'libssl3t64',
  'libsystemd0',
  'libaudit1',
  'libcap-ng0',
  'libcap2',
  'zlib1g',
  'libzstd1',
  'libgcc-s1',
  'libcrypt1',
];

/** From the PATH, if it is new enough, or from Debian's packages unpacked into `directory`; null when this machine has neither. */
export async function findPgBouncer(directory: string): Promise<PgBouncerProgram | null> {
  const present = await presentPgBouncer(directory);
  if (present !== null || existsSync(directory) || !(await fetchInto(directory))) return present;
  return presentPgBouncer(directory);
}

/** The same, but fetches nothing. */
export async function presentPgBouncer(directory: string): Promise<PgBouncerProgram | null> {
  const onPath = { command: 'pgbouncer', args: [], origin: 'pgbouncer on the PATH' };
  if ((await versionOf(onPath)) >= OLDEST) return onPath;

  const unpacked = programIn(resolve(directory));
  return unpacked !== null && (await versionOf(unpacked)) >= OLDEST ? unpacked : null;
}

function programIn(root: string): PgBouncerProgram | null {
  const [loader] = globSync('usr/lib/*/ld-linux-*.so.*', { cwd: root });
  if (loader === undefined) return null;
  return {
    command: join(root, loader),
    args: ['--library-path', join(root, dirname(loader)), join(root, 'usr/sbin/pgbouncer')],
    origin: "pgbouncer from Debian's packages",
  };
}

/** Minor versions are numbers: 1.9 came before 1.21. */
async function versionOf({ command, args }: PgBouncerProgram): Promise<number> {
  const [, minor = '0'] = /^PgBouncer 1\.(\d+)/.exec((await output(command, [...args, '--version'])) ?? '') ?? [];
  return 1 + Number(minor) / 100;
}

/** Beside its final place and renamed at the end: half of it is never found. With package lists of its own, the machine's stay as they are. */
async function fetchInto(directory: string): Promise<boolean> {
  const mirror = await debianMirror();
  if (mirror === undefined || !existsSync(KEYRING)) return false;
  mkdirSync(dirname(directory), { recursive: true });
  const work = mkdtempSync(join(resolve(dirname(directory)), `${basename(directory)}-`));
  try {
    const isUnpacked = await unpack(work, aptOptions(work, mirror));
    if (isUnpacked) moveUnlessThere(join(work, 'root'), directory);
    return isUnpacked;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Two that fetch at once bring the same. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** Where this machine gets its own packages from, if it is a Debian. */
async function debianMirror(): Promise<string | undefined> {
  const addresses = await output('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  return addresses?.split('\n').find((address) => /\/debian\/?$/.test(address));
}

function aptOptions(work: string, mirror: string): readonly string[] {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'packages'])
    mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${SUITE} main\n`);
  writeFileSync(join(work, 'status'), '');
  const places = ['State::lists=lists', 'Cache=cache', 'Etc::sourcelist=sources.list', 'State::status=status'].map(
    (place) => `Dir::${place.replace('=', `=${work}/`)}`,
  );
  // apt run by root steps down to a user who may not reach this folder.
  return [...places, 'Dir::Etc::sourceparts=/dev/null', 'APT::Sandbox::User=root', 'Acquire::Languages=none'].flatMap(
    (option) => ['-o', option],
  );
}

async function unpack(work: string, options: readonly string[]): Promise<boolean> {
  const packages = join(work, 'packages');
  if ((await output('apt-get', [...options, '-qq', 'update'])) === null) return false;
  if ((await output('apt-get', [...options, '-qq', 'download', ...PACKAGES], packages)) === null) return false;
  for (const name of readdirSync(packages)) {
    if ((await output('dpkg', ['-x', join(packages, name), join(work, 'root')])) === null) return false;
  }
  return true;
}

/** Null when the command is not there, fails, or takes longer than a download may. */
async function output(command: string, args: readonly string[], cwd?: string): Promise<string | null> {
  return promisify(execFile)(command, args, { cwd, encoding: 'utf8', timeout: 60_000 }).then(
    ({ stdout }) => stdout,
    () => null,
  );
}
