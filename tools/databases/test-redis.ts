import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { hasDockerEngine, startContainer } from '../servers/docker/container.ts';
import { redisImage } from '../servers/docker/images.ts';
import { redisProgramDirectory } from '../servers/local-directory.ts';
import { startRedis } from '../servers/redis/redis.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../servers/redis/redis-program.ts';
import type { TestServer } from './test-postgres.ts';

const NO_REDIS = `No Redis for the tests: ${HOW_TO_GET_REDIS}, set TEST_REDIS_URL, or start Docker.`;

/**
 * One Redis for each of `count` workers: pub/sub and FLUSHALL know no borders inside a server.
 * TEST_REDIS_URL, else a server that can be started here, else Docker.
 */
export async function startTestRedis(runDirectory: string, count: number): Promise<readonly TestServer[]> {
  const workers = Array.from({ length: count }, (_, index) => index + 1);
  const shared = process.env.TEST_REDIS_URL?.replace(/\/\d*$/, '');
  if (shared) {
    await requireEmpty(shared);
    return workers.map((worker) => ({ url: `${shared}/${worker}`, stop: () => emptied(`${shared}/${worker}`) }));
  }

  const program = await findRedis(redisProgramDirectory());
  if (!program && !hasDockerEngine()) throw new Error(NO_REDIS);
  return Promise.all(
    workers.map((worker) => {
      const directory = join(runDirectory, `redis-${worker}`);
      mkdirSync(directory, { recursive: true });
      const settings = { directory, logFile: join(directory, 'redis.log'), durable: false };
      return program ? startRedis(program, settings) : startContainer(redisImage, settings);
    }),
  );
}

/** Tests empty the whole server, as some are about what happens when Redis has lost everything. @throws when that is not ours to do */
export async function requireEmpty(url: string): Promise<void> {
  const redis = new Redis(url);
  const keyspace = await redis.info('keyspace').finally(() => redis.disconnect());
  if (/^db\d+:keys/m.test(keyspace)) {
    throw new Error(
      'TEST_REDIS_URL names a Redis that is not empty, and the tests would empty it: name one of their own, or redis-cli FLUSHALL.',
    );
  }
}

/** What this run left there, so that the next one finds it as this one did. */
async function emptied(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb().finally(() => redis.disconnect());
}
