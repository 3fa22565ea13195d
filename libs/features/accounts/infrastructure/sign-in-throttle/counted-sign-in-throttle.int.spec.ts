import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { RateLimits } from '#platform/http/rate-limit/rate-limits.js';
import type { AppError } from '#platform/kernel/errors/app-error.js';
import { ServiceUnavailable } from '#platform/kernel/errors/service-unavailable.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { SignInThrottled } from '../../domain/user.errors.js';
import { anEmail } from '../../testing/user.factory.js';
import { CountedSignInThrottle } from './counted-sign-in-throttle.js';
import { attemptsLimit, SIGN_IN_THROTTLE, SignInAttemptCounters, strangersLimit } from './sign-in-attempt-counters.js';

const connections: Redis[] = [];
afterAll(() => Promise.all(connections.map((redis) => (redis.status === 'ready' ? redis.quit() : redis.disconnect()))));

/** As one process has it. */
function setup(url = process.env.REDIS_URL, environment: Record<string, string> = {}) {
  const redis = new Redis(String(url), { commandTimeout: 500, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  connections.push(redis);
  const env = loadEnv(aValidEnv(environment));
  return { redis, throttle: new CountedSignInThrottle(new SignInAttemptCounters(redis, new RateLimits(env)), env) };
}

const STRANGERS = strangersLimit.quota?.requests ?? NaN;

let addresses = 0;
const anAddress = () => `10.0.${++addresses >> 8}.${addresses & 255}`;

/** 0 when the attempt may be made, else the seconds to wait. */
const attempt = (throttle: CountedSignInThrottle, email: string, address: string): Promise<number> =>
  throttle.begin(email, address).then(
    () => 0,
    (error: AppError) => {
      expect(error).toBeInstanceOf(SignInThrottled);
      return error.retryAfterSeconds ?? NaN;
    },
  );

async function attempts(
  times: number,
  throttle: CountedSignInThrottle,
  email: string,
  address: string,
): Promise<number[]> {
  const waits: number[] = [];
  for (let i = 0; i < times; i++) waits.push(await attempt(throttle, email, address));
  return waits;
}

async function whenTheWaitIsOver(redis: Redis): Promise<void> {
  for (const key of await redis.keys('sign-in:*:attempts:*')) await redis.hdel(key, 'waitUntil');
}

/** So many unknown networks guess that the account counts as under attack. */
async function anAttackOn(email: string, throttle: CountedSignInThrottle): Promise<void> {
  await Promise.all(Array.from({ length: STRANGERS }, () => throttle.begin(email, anAddress())));
}

const { underAttack, longestWaitSeconds } = SIGN_IN_THROTTLE;
const FREE_ATTEMPTS = attemptsLimit.quota?.requests ?? NaN;

describe('attempts to sign in', () => {
  it('are free at first, and then have to wait, twice as long each time', async () => {
    const { redis, throttle } = setup();
    const [email, address] = [anEmail(), anAddress()];

    expect(await attempts(FREE_ATTEMPTS, throttle, email, address)).toEqual(Array(FREE_ATTEMPTS).fill(0));
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      waits.push(await attempt(throttle, email, address));
      await whenTheWaitIsOver(redis);
      await throttle.begin(email, address);
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, longestWaitSeconds, longestWaitSeconds]);
  });

  it('are as many as RATE_LIMITS says', async () => {
    const { throttle } = setup(undefined, { RATE_LIMITS: 'sign-in-attempts=2/60' });

    expect(await attempts(3, throttle, anEmail(), anAddress())).toEqual([0, 0, 1]);
  });

  it('have to wait no longer when they come too early', async () => {
    const { throttle } = setup();
    const [email, address] = [anEmail(), anAddress()];
    await attempts(FREE_ATTEMPTS, throttle, email, address);

    expect(await attempts(20, throttle, email, address)).toEqual(Array(20).fill(1));
  });

  it('are counted before they are made, over all processes: many at once are no way around', async () => {
    const processes = [setup().throttle, setup().throttle];
    const [email, address] = [anEmail(), anAddress()];

    const waits = await Promise.all(Array.from({ length: 40 }, (_, i) => attempt(processes[i % 2]!, email, address)));

    expect(waits.filter((wait) => wait === 0)).toHaveLength(FREE_ATTEMPTS);
  });

  it('are free again after a success', async () => {
    const { throttle } = setup();
    const [email, address] = [anEmail(), anAddress()];
    await attempts(FREE_ATTEMPTS, throttle, email, address);

    await throttle.succeeded(email, address);

    expect(await attempts(FREE_ATTEMPTS, throttle, email, address)).toEqual(Array(FREE_ATTEMPTS).fill(0));
  });

  it('from one network are counted together, however many addresses it has', async () => {
    const { throttle } = setup();
    const email = anEmail();

    for (let i = 1; i <= FREE_ATTEMPTS; i++) await throttle.begin(email, `2001:db8:1:2::${i}`);

    expect(await attempt(throttle, email, '2001:db8:1:2:ffff::')).toBe(1);
    expect(await attempt(throttle, email, '2001:db8:1:3::1')).toBe(0);
  });
});

describe('an unknown network', () => {
  it('that guesses keeps nobody out who is elsewhere, nor from another account', async () => {
    const { throttle } = setup();
    const [email, guessing] = [anEmail(), anAddress()];
    await attempts(200, throttle, email, guessing);

    expect(await attempts(FREE_ATTEMPTS, throttle, email, anAddress())).toEqual(Array(FREE_ATTEMPTS).fill(0));
    expect(await attempt(throttle, anEmail(), guessing)).toBe(0);
  });

  it('gets one attempt and then a long wait while the account is under attack', async () => {
    const { throttle } = setup();
    const email = anEmail();
    await anAttackOn(email, throttle);

    expect(await attempts(2, throttle, email, anAddress())).toEqual([0, underAttack.firstWaitSeconds]);
  });

  it('does not slow down a network that has signed in before, whatever many networks do', async () => {
    const { throttle } = setup();
    const [email, home] = [anEmail(), anAddress()];
    await throttle.succeeded(email, home);
    await anAttackOn(email, throttle);

    expect(await attempts(FREE_ATTEMPTS, throttle, email, home)).toEqual(Array(FREE_ATTEMPTS).fill(0));
  });

  it('leaves an owner on a new network an attempt, and more after one success', async () => {
    const { throttle } = setup();
    const [email, newNetwork] = [anEmail(), anAddress()];
    await anAttackOn(email, throttle);

    await throttle.begin(email, newNetwork);
    await throttle.succeeded(email, newNetwork);

    expect(await attempts(FREE_ATTEMPTS, throttle, email, newNetwork)).toEqual(Array(FREE_ATTEMPTS).fill(0));
  });
});

describe('Redis', () => {
  it('is told neither who signs in nor from where, and forgets', async () => {
    const { redis, throttle } = setup();
    const [email, address] = ['marked@example.test', '198.51.100.77'];
    await throttle.begin(email, address);
    await throttle.begin(email, anAddress());
    await throttle.succeeded(email, address);

    const keys = await redis.keys('sign-in:*');

    expect(keys.length).toBeGreaterThan(2);
    expect(keys.join()).not.toMatch(/marked|198\.51/);
    const lives = await Promise.all(keys.map((key) => redis.ttl(key)));
    expect(Math.min(...lives)).toBeGreaterThan(0);
  });

  it('closes sign-in when it is away, and fails none that has succeeded', async () => {
    const { throttle } = setup('redis://127.0.0.1:1');

    await expect(throttle.begin(anEmail(), anAddress())).rejects.toThrow(ServiceUnavailable);
    await expect(throttle.succeeded(anEmail(), anAddress())).resolves.toBeUndefined();
  });
});
