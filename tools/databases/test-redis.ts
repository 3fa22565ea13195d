import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { redisProgramDirectory } from '../servers/local-directory.ts';
import { HOW_TO_GET_REDIS, findRedis } from '../servers/redis-program.ts';
import { startRedis } from '../servers/redis.ts';
import { type TestServer, hasDocker } from './test-postgres.ts';

const NO_REDIS = `No Redis for the tests: ${HOW_TO_GET_REDIS}, set TEST_REDIS_URL, or start Docker.`;

/**
 * One Redis for each of `count` workers: pub/sub and FLUSHALL know no borders inside a server.
 * TEST_REDIS_URL, else a server that can be started here, else Docker.
 */
export async function startTestRedis(runDirectory: string, count: number): Promise<readonly TestServer[]> {
  const workers = Array.from({ length: count }, (_, index) => index + 1);
  const shared = process.env.TEST_REDIS_URL?.replace(/\/\d*$/, '');
  if (shared) return workers.map((worker) => ({ url: `${shared}/${worker}`, stop: async () => undefined }));

  const program = await findRedis(redisProgramDirectory());
  if (!program && !(await hasDocker())) throw new Error(NO_REDIS);
  return Promise.all(
    workers.map((worker) => {
      const directory = join(runDirectory, `redis-${worker}`);
      mkdirSync(directory, { recursive: true });
      return program ? startRedis(program, { directory, logFile: join(directory, 'redis.log'), durable: false }) : redisContainer();
    }),
  );
}

async function redisContainer(): Promise<TestServer> {
  const { GenericContainer } = await import('testcontainers');
  const container = await new GenericContainer('redis:8-alpine').withExposedPorts(6379).start();
  return { url: `redis://${container.getHost()}:${container.getMappedPort(6379)}`, stop: async () => void (await container.stop()) };
}
