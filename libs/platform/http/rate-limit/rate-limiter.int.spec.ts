import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { ServiceUnavailable } from '../../kernel/errors/service-unavailable.js';
import type { RedisConnections } from '../../redis/connection/redis-connections.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { defaultLimit, defineRateLimit } from './rate-limit.js';
import { type Allowance, RateLimiter } from './rate-limiter.js';
import { RateLimits } from './rate-limits.js';
import { WindowCounters } from './window-counters.js';

const connections: Redis[] = [];
afterAll(() => Promise.all(connections.map((redis) => (redis.status === 'ready' ? redis.quit() : redis.disconnect()))));

/** One process: its own connection, its own limiter. */
function aProcess(url = process.env.REDIS_URL, overrides: Record<string, string> = {}) {
  const redis = new Redis(String(url), { commandTimeout: 500, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  connections.push(redis);
  const env = loadEnv(aValidEnv({ RATE_LIMIT_REQUESTS: '5', RATE_LIMIT_WINDOW: '60', ...overrides }));
  return new RateLimiter(new RateLimits(env), new WindowCounters({ counters: () => redis } as RedisConnections));
}
const closedLimit = defineRateLimit('closed', { withoutRedis: 'closed', description: 'Of this test.' });
const aCaller = () => `user:${crypto.randomUUID()}`;

describe('RateLimiter', () => {
  it('lets the quota through, one less each time, and then nothing', async () => {
    const [limiter, caller] = [aProcess(), aCaller()];

    const states: (string | undefined)[] = [];
    for (let request = 0; request < 7; request++) states.push((await limiter.take(defaultLimit, caller))?.state);

    expect(states.map((state) => state?.replace(/;t=\d+$/, ''))).toEqual(
      [4, 3, 2, 1, 0, 0, 0].map((left) => `"default";r=${left}`),
    );
    expect(await limiter.take(defaultLimit, caller)).toMatchObject({ isExceeded: true, policy: '"default";q=5;w=60' });
  });

  it('tells the seconds until the window ends, never more than it has', async () => {
    const [limiter, caller] = [aProcess(), aCaller()];

    const { resetSeconds = 0 } = (await limiter.take(defaultLimit, caller)) ?? {};

    expect(resetSeconds).toBeGreaterThan(0);
    expect(resetSeconds).toBeLessThanOrEqual(60);
  });

  it('counts over all processes together', async () => {
    const [first, second, caller] = [aProcess(), aProcess(), aCaller()];

    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) => (index % 2 ? first : second).take(defaultLimit, caller)),
    );

    expect(taken.filter((allowance) => allowance?.isExceeded === false)).toHaveLength(5);
  });

  it('gives every caller a quota of its own', async () => {
    const limiter = aProcess();

    const taken = await Promise.all(
      [aCaller(), aCaller(), aCaller()].map((caller) => limiter.take(defaultLimit, caller)),
    );

    expect(taken.map((allowance) => allowance?.state)).toEqual(Array(3).fill('"default";r=4;t=60'));
  });

  it('starts anew when the window has passed', async () => {
    const [limiter, caller] = [aProcess(), aCaller()];
    await limiter.take(defaultLimit, caller);

    await connections[0]?.pexpire(`rate-limit:default:${caller}`, 0);

    expect((await limiter.take(defaultLimit, caller))?.state).toBe('"default";r=4;t=60');
  });

  it('stays open without Redis for reads, and closed for credentials', async () => {
    const limiter = aProcess('redis://127.0.0.1:1');

    expect(await limiter.take(defaultLimit, aCaller())).toBeNull();
    await expect(async () => limiter.take(closedLimit, aCaller())).rejects.toThrow(ServiceUnavailable);
  });

  describe('far from its limit', () => {
    const QUOTA = 200;
    const aGenerousProcess = () => aProcess(undefined, { RATE_LIMIT_REQUESTS: String(QUOTA) });
    const isLetThrough = (allowance: Allowance | null) => allowance?.isExceeded === false;

    it('takes requests in advance and seldom asks', async () => {
      const [limiter, caller] = [aGenerousProcess(), aCaller()];

      const answers: unknown[] = [];
      for (let request = 0; request < 90; request++) {
        const answer = limiter.take(defaultLimit, caller);
        answers.push(answer);
        await answer;
      }

      const asked = answers.filter((answer) => answer instanceof Promise);
      expect(asked.length).toBeLessThan(12);
      expect((await Promise.all(answers)).map((answer) => (answer as Allowance).state)).toEqual(
        Array.from({ length: 90 }, (_, index) => expect.stringMatching(new RegExp(`r=${QUOTA - 1 - index};`))),
      );
    });

    it('still gives out exactly its quota, to one caller of two processes', async () => {
      const [first, second, caller] = [aGenerousProcess(), aGenerousProcess(), aCaller()];

      const taken: (Allowance | null)[] = [];
      for (let request = 0; request < QUOTA + 40; request++)
        taken.push(await (request % 2 ? first : second).take(defaultLimit, caller));

      expect(taken.filter(isLetThrough)).toHaveLength(QUOTA);
    });

    it('never gives out more, however many come at once', async () => {
      const [first, second, caller] = [aGenerousProcess(), aGenerousProcess(), aCaller()];

      const taken: (Allowance | null)[] = [];
      for (let wave = 0; wave < 10; wave++) {
        taken.push(
          ...(await Promise.all(
            Array.from({ length: 40 }, (_, index) => (index % 2 ? first : second).take(defaultLimit, caller)),
          )),
        );
      }

      expect(taken.filter(isLetThrough)).toHaveLength(QUOTA);
    });
  });
});
