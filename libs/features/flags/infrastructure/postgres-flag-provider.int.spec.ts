import { Logger } from '@nestjs/common';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import type { Database } from '#platform/database/database.js';
import { newId } from '#platform/kernel/values/ids.js';
import { Broadcasts } from '#platform/redis/broadcasts.js';
import { RedisConnections } from '#platform/redis/connection/redis-connections.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { FlagNews } from './flag-news.js';
import { PostgresFlagProvider } from './postgres-flag-provider.js';
import { PrismaFlagsRepository } from './prisma-flags.repository.js';

const NOBODY_LISTENS = 'redis://127.0.0.1:1';
/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;
const SOMEBODY = { targetingKey: newId(), roles: ['user'], environment: 'test' };

Logger.overrideLogger(false);

const database = testDatabase();
const otherDatabase = testDatabase();
const closing: (() => unknown)[] = [database, otherDatabase].map((each) => () => each.onApplicationShutdown());
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

type Servers = Readonly<{ redisUrl?: string | undefined; postgres?: Database }>;

/** What every process holds, connected to the same Postgres and, unless told otherwise, the same Redis. */
async function aProcess({ redisUrl = process.env.REDIS_URL, postgres = database }: Servers = {}) {
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: redisUrl, REDIS_TIMEOUT: '200' })));
  const commands = connections.commands();
  await commands.connect().catch(() => undefined);

  const news = new FlagNews(new Broadcasts(connections, commands));
  const provider = new PostgresFlagProvider(postgres, news);
  closing.push(
    () => connections.close(),
    () => provider.onClose(),
  );
  await provider.initialize();
  return {
    provider,
    flags: new PrismaFlagsRepository(postgres, news),
    valueOf: async (flag: string) => (await provider.resolveStringEvaluation(flag, 'default', SOMEBODY)).value,
  };
}

const aFlagName = (): string => `tests.${newId()}`;
const all = (value: string) => ({ rules: [], value });

describe('what is said of a flag', () => {
  it.each([
    ['as soon as Redis has passed it on', process.env.REDIS_URL, 500],
    ['when no message can arrive', NOBODY_LISTENS, LESS_THAN_A_SECOND_MS],
  ])('is effective in another process within a second: %s', async (_when, redisUrl, withinMs) => {
    const [here, there] = [await aProcess({ redisUrl }), await aProcess({ redisUrl, postgres: otherDatabase })];
    const flag = aFlagName();
    // Until both hear each other: subscribing takes a moment.
    await here.flags.set(flag, all('heard'));
    await eventually(async () => expect(await there.valueOf(flag)).toBe('heard'));

    const started = performance.now();
    await here.flags.set(flag, all('changed'));

    await eventually(async () => expect(await there.valueOf(flag)).toBe('changed'));
    expect(performance.now() - started).toBeLessThan(patience(withinMs));
  });

  it('is known from the start of a process', async () => {
    const flag = aFlagName();
    await (await aProcess()).flags.set(flag, all('before'));

    expect(await (await aProcess()).valueOf(flag)).toBe('before');
  });

  it('decides for whom a rule is, and leaves the others their default', async () => {
    const { flags, provider, valueOf } = await aProcess();
    const flag = aFlagName();
    await flags.set(flag, { rules: [{ when: { userIds: [SOMEBODY.targetingKey] }, value: 'theirs' }] });

    await eventually(async () => expect(await valueOf(flag)).toBe('theirs'));
    expect((await provider.resolveStringEvaluation(flag, 'default', { environment: 'test' })).value).toBe('default');
  });

  it('that is rolled back is never effective', async () => {
    const { flags } = await aProcess();
    const flag = aFlagName();
    const set = database.transaction(async () => {
      await flags.set(flag, all('taken back'));
      throw new Error('no');
    });

    await expect(set).rejects.toThrow('no');
    expect(await (await aProcess()).valueOf(flag)).toBe('default');
  });

  it('and is not understood takes no other flag with it', async () => {
    const { flags, valueOf } = await aProcess();
    const [broken, flag] = [aFlagName(), aFlagName()];
    await database.client.flag.create({ data: { name: broken, settings: { rules: 'all' }, updatedAt: new Date() } });

    await flags.set(flag, all('understood'));
    await eventually(async () => expect(await valueOf(flag)).toBe('understood'));
    expect(await valueOf(broken)).toBe('default');
    await database.client.flag.delete({ where: { name: broken } });
  });

  it('holds while Postgres is away', async () => {
    const postgres = testDatabase();
    const { flags, valueOf } = await aProcess({ postgres });
    const flag = aFlagName();
    await flags.set(flag, all('last read'));
    await eventually(async () => expect(await valueOf(flag)).toBe('last read'));

    await postgres.onApplicationShutdown();

    await expect(flags.list()).rejects.toThrow();
    expect(await valueOf(flag)).toBe('last read');
  });
});
