import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, statSync } from 'node:fs';

/** How to run Postgres here: it refuses to run as root, so root lends it another identity. */
export type PostgresAccount = Readonly<{ prefix: readonly string[]; uid?: number; gid?: number }>;

const NOBODY = { uid: 65_534, gid: 65_534 };
const OWN_NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

/** For a folder that already holds a database: its owner. */
export function accountOf(directory: string): PostgresAccount {
  const { uid, gid } = statSync(directory);
  if (process.getuid?.() === 0) return uid === 0 ? { prefix: OWN_NAMESPACE } : { prefix: [], uid, gid };
  if (process.getuid && uid !== process.getuid()) {
    throw new Error(`${directory} belongs to another user. Remove it, or choose another folder: LOCAL_DIR=…`);
  }
  return { prefix: [] };
}

/** For a new, empty folder: hands it to the account that will run the server. */
export function chooseAccount(program: string, directory: string): PostgresAccount {
  if (process.getuid?.() !== 0) return { prefix: [] };

  chownSync(directory, NOBODY.uid, NOBODY.gid);
  if (canRun(program, directory, NOBODY)) return { prefix: [], ...NOBODY };

  // A checkout below a closed folder such as /root: "nobody" cannot reach it, a namespace of our own can.
  chownSync(directory, 0, 0);
  const [unshare = '', ...args] = OWN_NAMESPACE;
  if (spawnSync(unshare, [...args, program, '--version']).status === 0) return { prefix: OWN_NAMESPACE };
  throw new Error(
    'Postgres does not run as root and cannot run as another identity here: start as another user, or set DATABASE_URL.',
  );
}

function canRun(program: string, directory: string, account: typeof NOBODY): boolean {
  const runs = spawnSync(program, ['--version'], account).status === 0;
  return runs && spawnSync('test', ['-w', directory], account).status === 0;
}

/** npm does not always keep the executable bit of packed programs. */
export function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}
