import { existsSync, globSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localDirectory } from '../servers/local-directory.ts';
import { startPostgres } from '../servers/postgres/postgres.ts';
import { copyCluster, type PostgresPrograms } from '../servers/postgres/postgres-cluster.ts';
import type { Server } from '../servers/server.ts';
import { migratedTemplate, migrationsHash } from './migrated-template.ts';

/** A server of this run's own, started on a copy of a cluster that already holds the migrated template. */
export async function embeddedTestPostgres(programs: PostgresPrograms, runDirectory: string): Promise<Server> {
  const directory = join(runDirectory, 'postgres');
  copyCluster(await preparedCluster(programs, runDirectory), directory);
  return startPostgres(programs, { directory, logFile: join(runDirectory, 'postgres.log'), durable: false });
}

/** Built in the run's folder and moved when complete, so runs that begin together do not disturb each other. */
export async function preparedCluster(programs: PostgresPrograms, runDirectory: string): Promise<string> {
  const prepared = join(localDirectory(), `test-postgres-${migrationsHash()}`);
  if (existsSync(prepared)) return prepared;

  const directory = join(runDirectory, 'prepared');
  const server = await startPostgres(programs, {
    directory,
    logFile: join(runDirectory, 'prepared.log'),
    durable: false,
  });
  try {
    await migratedTemplate(server.url);
  } finally {
    await server.stop();
  }
  for (const outdated of globSync('test-postgres-*', { cwd: localDirectory() }))
    rmSync(join(localDirectory(), outdated), { recursive: true, force: true });
  renameSync(directory, prepared);
  return prepared;
}
