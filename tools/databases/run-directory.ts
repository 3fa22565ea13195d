import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localDirectory } from '../servers/local-directory.ts';
import { stopOrphanedPostgres } from '../servers/postgres/postgres.ts';
import { isAlive } from '../servers/processes.ts';
import { stopOrphanedRedis } from '../servers/redis/redis.ts';

const runsDirectory = (): string => join(localDirectory(), 'test-runs');

/** A folder of this run alone: runs side by side share no server, and the end of one is nobody else's. */
export async function createRunDirectory(): Promise<string> {
  const directory = join(runsDirectory(), String(process.pid));
  mkdirSync(runsDirectory(), { recursive: true });
  await removeAbandoned();
  mkdirSync(directory);
  return directory;
}

async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(runsDirectory())) {
    const isExpired = Number(name) === process.pid || !isAlive(Number(name));
    if (isExpired) await removeRunDirectory(join(runsDirectory(), name));
  }
}

export async function removeRunDirectory(directory: string): Promise<void> {
  for (const name of readdirSync(directory)) {
    await stopOrphanedPostgres(join(directory, name));
    await stopOrphanedRedis(join(directory, name));
  }
  rmSync(directory, { recursive: true, force: true });
}
