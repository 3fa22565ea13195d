import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requirePostgres } from '../../local/servers/check-configured-servers.ts';
import { localDirectory } from '../../servers/local-directory.ts';
import { accountOf, chooseAccount } from '../../servers/postgres/postgres-account.ts';
import { installedPostgres } from '../../servers/postgres/postgres-cluster.ts';
import { folderFacts, nearestFolder } from '../before-install/folder.mjs';
import { type Finding, missing, ok } from '../finding.mjs';
import { type Configured, checkConfigured, readConfigured } from './server.ts';

type PostgresFacts = Readonly<{
  configured: Configured;
  /** Of npm: null where it has none, without a version where that does not run. */
  fromNpm: Readonly<{ version: string | undefined; accountProblem: string | null }> | null;
  hasDocker: boolean;
}>;

export async function postgresFacts(env: NodeJS.ProcessEnv, hasDocker: boolean): Promise<PostgresFacts> {
  const programs = await installedPostgres();
  return {
    configured: await readConfigured(env.DATABASE_URL, requirePostgres),
    fromNpm: programs && {
      version: versionOf(programs.postgres),
      // Where nothing can be written it is the folder's line that says so.
      accountProblem: folderFacts(env).refusal === null ? accountProblem(programs.postgres, localDirectory()) : null,
    },
    hasDocker,
  };
}

const versionOf = (program: string): string | undefined =>
  /[\d.]+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0];

/** Tried where the data is to be: whether another identity gets there depends on every folder above. */
function accountProblem(program: string, directory: string): string | null {
  try {
    if (existsSync(join(directory, 'postgres'))) accountOf(join(directory, 'postgres'));
    else inNewFolder(nearestFolder(directory), (folder) => chooseAccount(program, folder));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function inNewFolder(parent: string, work: (folder: string) => void): void {
  const folder = mkdtempSync(join(parent, '.doctor-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In the order in which npm start looks. */
export function checkPostgres({ configured, fromNpm, hasDocker }: PostgresFacts): Finding {
  if (configured !== 'no') return checkConfigured('Postgres', 'DATABASE_URL', configured === 'usable');
  if (fromNpm !== null) return checkFromNpm(fromNpm);
  if (hasDocker) return ok('Postgres', 'in Docker');
  return missing('Postgres', 'npm has none for this machine', 'set DATABASE_URL, or start Docker');
}

function checkFromNpm({ version, accountProblem }: NonNullable<PostgresFacts['fromNpm']>): Finding {
  if (version === undefined) return missing('Postgres', 'that of npm does not run here', 'set DATABASE_URL');
  return accountProblem === null ? ok('Postgres', `${version} from npm`) : missing('Postgres', accountProblem);
}
