import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigModule } from '../config/config.module.js';
import { loadEnv } from '../config/load-env.js';
import { DatabaseModule } from '../database/database.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { aValidEnv } from '../testing/env.factory.js';
import { testDatabase } from '../testing/test-database.js';
import { HealthModule } from './health.module.js';
import { HealthReports } from './health-reports.js';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

async function setup(overrides: Record<string, string> = {}) {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const env = loadEnv(aValidEnv({ DATABASE_URL, REDIS_URL, DATABASE_CONNECT_TIMEOUT: '500', ...overrides }));
  const module: TestingModule = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(env), LoggingModule, DatabaseModule, RedisModule, JobsModule, HealthModule],
  }).compile();
  const lines: string[] = [];
  vi.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
  await module.init();
  closings.push(() => module.close());
  const reports = module.get(HealthReports);
  return { lines, ready: () => reports.ready() };
}

/** Changes the Redis of this test worker until the test is over. */
async function whileRedisHas(...setting: [string, string]) {
  const redis = new Redis(String(process.env.REDIS_URL));
  const [, before = ''] = (await redis.config('GET', setting[0])) as string[];
  await redis.config('SET', ...setting);
  closings.push(async () => {
    await redis.config('SET', setting[0], before);
    await redis.quit();
  });
}

async function whileRedisIsAReplica() {
  const redis = new Redis(String(process.env.REDIS_URL));
  await redis.replicaof('127.0.0.1', '1');
  closings.push(async () => {
    await redis.replicaof('NO', 'ONE');
    await redis.quit();
  });
}

/** Where a server would be, were its address another one. */
function urlWith(variable: 'DATABASE_URL' | 'REDIS_URL', change: Partial<URL>): Record<string, string> {
  return { [variable]: Object.assign(new URL(String(process.env[variable])), change).href };
}

async function aRole(settings: string): Promise<Record<string, string>> {
  const [username, password] = [`role_${randomUUID().slice(0, 8)}`, randomUUID()];
  const database = testDatabase();
  await database.client.$executeRawUnsafe(`CREATE ROLE ${username} LOGIN PASSWORD '${password}'`);
  await database.client.$executeRawUnsafe(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${username}`);
  await database.client.$executeRawUnsafe(`ALTER ROLE ${username} ${settings}`);
  await database.onApplicationShutdown();
  return urlWith('DATABASE_URL', { username, password });
}

describe('readiness', () => {
  it('is there while everything takes writes, and names nothing', async () => {
    const { ready, lines } = await setup();

    expect(await ready()).toMatchObject({
      status: 'ok',
      checks: {
        redis: { status: 'up' },
        database: { status: 'up' },
        queue: { status: 'up', waiting: expect.any(Number) },
      },
    });
    expect(lines).toEqual([]);
  });

  it.each<[string, string, () => Promise<Record<string, string> | void>]>([
    ['is a replica', 'REDIS_READ_ONLY', whileRedisIsAReplica],
    ['is full', 'REDIS_OUT_OF_MEMORY', () => whileRedisHas('maxmemory', '1')],
    ['refuses the password', 'REDIS_CREDENTIALS_REFUSED', async () => urlWith('REDIS_URL', { password: 'hunter2' })],
    ['has no such database', 'REDIS_DATABASE_UNKNOWN', async () => urlWith('REDIS_URL', { pathname: '/4711' })],
    ['is away', 'REDIS_UNAVAILABLE', async () => urlWith('REDIS_URL', { port: '1' })],
  ])('is not there when Redis %s, and says so by a code: %s', async (_what, code, change) => {
    const { ready, lines } = await setup((await change()) ?? {});

    const report = await ready();

    expect(report).toMatchObject({
      status: 'error',
      checks: { redis: { status: 'down', code }, database: { status: 'up' } },
    });
    expect(lines.filter((line) => line.startsWith('Not ready'))).toHaveLength(1);
    expect(lines.join() + JSON.stringify(report)).not.toMatch(/hunter2|127\.0\.0\.1/);
  });

  it.each<[string, string, () => Promise<Record<string, string>>]>([
    [
      'does not know the user',
      'DATABASE_CREDENTIALS_REFUSED',
      async () => urlWith('DATABASE_URL', { username: 'nobody' }),
    ],
    ['has no such database', 'DATABASE_UNKNOWN', async () => urlWith('DATABASE_URL', { pathname: '/nowhere' })],
    ['takes no writes', 'DATABASE_READ_ONLY', () => aRole('SET default_transaction_read_only = on')],
    ['has no connection left', 'DATABASE_TOO_MANY_CONNECTIONS', () => aRole('CONNECTION LIMIT 0')],
    ['wants no TLS', 'DATABASE_TLS_FAILED', async () => urlWith('DATABASE_URL', { search: '?sslmode=require' })],
    ['is away', 'DATABASE_UNAVAILABLE', async () => urlWith('DATABASE_URL', { port: '1' })],
  ])('is not there when Postgres %s, and says so by a code: %s', async (_what, code, change) => {
    const { ready } = await setup(await change());

    expect(await ready()).toMatchObject({
      status: 'error',
      checks: { database: { status: 'down', code }, redis: { status: 'up' } },
    });
  });

  it.each(['allkeys-lru', 'volatile-ttl'])(
    'is degraded, in one line, while Redis may forget jobs: %s',
    async (policy) => {
      await whileRedisHas('maxmemory-policy', policy);
      const { ready, lines } = await setup();

      const reports = [await ready(), await ready()];

      expect(reports).toMatchObject(
        reports.map(() => ({
          status: 'degraded',
          checks: { redis: { status: 'degraded', code: 'REDIS_EVICTS_KEYS' } },
        })),
      );
      expect(lines).toEqual([expect.stringMatching(/^Ready, but to be mended: .*noeviction/)]);
    },
  );
});
