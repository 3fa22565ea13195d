import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWithSpecimen } from '../local/build/specimen.ts';
import { cloneDatabase, dropDatabase, migratedTemplate } from './migrated-template.ts';
import { createRunDirectory, removeRunDirectory } from './run-directory.ts';
import { startTestPostgres } from './test-postgres.ts';
import { startTestRedis } from './test-redis.ts';

const STARTED_BY = 'TEST_SERVERS_STARTED_BY';

/** Called for each project that needs servers; the first one starts them for all. */
export default async function setup({ config }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env[STARTED_BY] === String(process.pid)) return undefined;
  process.env[STARTED_BY] = String(process.pid);
  return start(config.maxWorkers);
}

/** One clone of the migrated template and one Redis for each worker; vitest-worker.ts picks its own. */
async function start(workers: number): Promise<() => Promise<void>> {
  const directory = await createRunDirectory();
  // Tests start the same programs a hundred times; each compiles them anew unless the one before has left its work here.
  process.env.NODE_COMPILE_CACHE = join(directory, 'compile-cache');
  const [postgres, redis] = await Promise.all([
    startTestPostgres(directory),
    startTestRedis(directory, workers),
    buildWithSpecimen(),
  ]);
  const template = await migratedTemplate(postgres.url);
  const run = randomBytes(4).toString('hex');
  const names = redis.map((_, index) => `test_${run}_${index + 1}`);
  for (const [index, name] of names.entries()) {
    process.env[`TEST_WORKER_${index + 1}_DATABASE_URL`] = await cloneDatabase(postgres.url, template, name);
    process.env[`TEST_WORKER_${index + 1}_REDIS_URL`] = redis[index]?.url;
  }

  return async () => {
    for (const name of names) await dropDatabase(postgres.url, name);
    await Promise.all([postgres.stop(), ...redis.map((server) => server.stop())]);
    await removeRunDirectory(directory);
  };
}
