import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { defineRateLimit } from '#platform/http/rate-limit/rate-limit.js';
import { RateLimits } from '#platform/http/rate-limit/rate-limits.js';
import { REDIS } from '#platform/redis/redis.js';

/** Which account somebody tries to sign in to, and from which network. Both become keys in Redis, so neither may be readable. */
export type Attempt = Readonly<{ account: string; network: string }>;

/** Free attempts; a network that has made none for the window starts anew. */
export const attemptsLimit = defineRateLimit('sign-in-attempts', {
  quota: { requests: 10, windowSeconds: 3_600 },
  withoutRedis: 'closed',
  description:
    'Attempts at one account from one network, from one success to the next, before each further one has to wait.',
});

/** The window starts with the first attempt. */
export const strangersLimit = defineRateLimit('sign-in-strangers', {
  quota: { requests: 100, windowSeconds: 3_600 },
  withoutRedis: 'closed',
  description: 'Attempts at one account from all networks that it is not known from, before it counts as under attack.',
});

/**
 * Attempts are counted for each pair of account and network, from one success to the next. After the free ones, that network
 * waits before each further attempt at that account, twice as long each time. An attempt that comes too early is refused and
 * not counted, so hammering makes no wait longer.
 *
 * Many networks together could still guess often. So attempts from unknown networks, those from which nobody has signed in to the
 * account lately, are also counted together for each account. When they are too many, the account is under attack: until the
 * window ends, unknown networks have fewer free attempts and longer waits. Known networks keep the usual ones.
 *
 * What never happens: somebody waits at another account, or from a known network, for what others do. And every network has
 * at least one free attempt, so nobody can lock an owner out.
 */
export const SIGN_IN_THROTTLE = {
  firstWaitSeconds: 1,
  /** For unknown networks, once they have made more attempts than strangersLimit says. */
  underAttack: { freeAttempts: 1, firstWaitSeconds: 60 },
  /** Doubling ends here. */
  longestWaitSeconds: 900,
  /** How long a network stays known after a success. */
  knownNetworkSeconds: 7_776_000,
} as const;

const { firstWaitSeconds, underAttack, longestWaitSeconds, knownNetworkSeconds } = SIGN_IN_THROTTLE;
const milliseconds = (seconds: number) => seconds * 1_000;

/** The ARGV of COUNT_ATTEMPT, in the order in which it reads them. */
function countAttemptArguments(limits: RateLimits): number[] {
  const [attempts, strangers] = [limits.quotaOf(attemptsLimit), limits.quotaOf(strangersLimit)];
  return Object.values({
    usualFreeAttempts: attempts.requests,
    usualFirstWaitMs: milliseconds(firstWaitSeconds),
    attackFreeAttempts: underAttack.freeAttempts,
    attackFirstWaitMs: milliseconds(underAttack.firstWaitSeconds),
    attackThreshold: strangers.requests,
    attackWindowMs: milliseconds(strangers.windowSeconds),
    longestWaitMs: milliseconds(longestWaitSeconds),
    forgetAfterMs: milliseconds(attempts.windowSeconds),
  });
}

/**
 * Answers with the milliseconds to wait, or counts the attempt and answers 0. A script runs alone, so the count is exact over any
 * number of processes; and the clock is that of Redis, so processes need not agree on the time.
 */
const COUNT_ATTEMPT = `
local attempts, unknownNetworks, knownNetwork = KEYS[1], KEYS[2], KEYS[3]
local usualFreeAttempts = tonumber(ARGV[1])
local usualFirstWaitMs = tonumber(ARGV[2])
local attackFreeAttempts = tonumber(ARGV[3])
local attackFirstWaitMs = tonumber(ARGV[4])
local attackThreshold = tonumber(ARGV[5])
local attackWindowMs = tonumber(ARGV[6])
local longestWaitMs = tonumber(ARGV[7])
local forgetAfterMs = tonumber(ARGV[8])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local waitMs = (tonumber(redis.call('HGET', attempts, 'waitUntil')) or 0) - now
if waitMs > 0 then return waitMs end

local freeAttempts, firstWaitMs = usualFreeAttempts, usualFirstWaitMs
if redis.call('EXISTS', knownNetwork) == 0 then
  local together = redis.call('INCR', unknownNetworks)
  if together == 1 then redis.call('PEXPIRE', unknownNetworks, attackWindowMs) end
  if together > attackThreshold then freeAttempts, firstWaitMs = attackFreeAttempts, attackFirstWaitMs end
end

local doublings = redis.call('HINCRBY', attempts, 'count', 1) - freeAttempts
if doublings >= 0 then
  local nextWaitMs = math.min(firstWaitMs * 2 ^ math.min(doublings, 30), longestWaitMs)
  redis.call('HSET', attempts, 'waitUntil', now + nextWaitMs)
end
redis.call('PEXPIRE', attempts, forgetAfterMs)
return 0`;

/** A script, because a transaction would be four commands. */
const REMEMBER_SUCCESS = `
local attempts, knownNetwork = KEYS[1], KEYS[2]
local knownNetworkSeconds = ARGV[1]
redis.call('DEL', attempts)
redis.call('SET', knownNetwork, '1', 'EX', knownNetworkSeconds)`;

type RedisWithScripts = Redis & {
  countSignInAttempt(
    attempts: string,
    unknownNetworks: string,
    knownNetwork: string,
    ...limits: number[]
  ): Promise<number>;
  rememberSignIn(attempts: string, knownNetwork: string, knownNetworkSeconds: number): Promise<null>;
};

/** SIGN_IN_THROTTLE in Redis, over the connection that platform/redis opens and closes. */
@Injectable()
export class SignInAttemptCounters {
  private readonly logger = new Logger(SignInAttemptCounters.name);
  private readonly redis: RedisWithScripts;
  private readonly countArguments: readonly number[];

  constructor(@Inject(REDIS) redis: Redis, limits: RateLimits) {
    this.countArguments = countAttemptArguments(limits);
    redis.defineCommand('countSignInAttempt', { numberOfKeys: 3, lua: COUNT_ATTEMPT });
    redis.defineCommand('rememberSignIn', { numberOfKeys: 2, lua: REMEMBER_SUCCESS });
    this.redis = redis as RedisWithScripts;
  }

  /** Seconds to wait before the attempt may be made; 0 when it may be made now, and has been counted. Null when Redis does not answer. */
  async count(attempt: Attempt): Promise<number | null> {
    const { attempts, unknownNetworks, knownNetwork } = keysOf(attempt);
    return this.orNull(async () => {
      const waitMs = await this.redis.countSignInAttempt(
        attempts,
        unknownNetworks,
        knownNetwork,
        ...this.countArguments,
      );
      return Math.ceil(waitMs / 1_000);
    });
  }

  /** Forgets the attempts of the network and makes it a known one. */
  async succeeded(attempt: Attempt): Promise<void> {
    const { attempts, knownNetwork } = keysOf(attempt);
    await this.orNull(() => this.redis.rememberSignIn(attempts, knownNetwork, knownNetworkSeconds));
  }

  private async orNull<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.logger.warn(`Attempts are not counted: ${(error as Error).message}`);
      return null;
    }
  }
}

/** The braces keep the keys of one account on one node of a cluster: a script may not use keys of several. */
function keysOf({ account, network }: Attempt) {
  const prefix = `sign-in:{${account}}`;
  return {
    attempts: `${prefix}:attempts:${network}`,
    unknownNetworks: `${prefix}:unknown-networks`,
    knownNetwork: `${prefix}:known-network:${network}`,
  };
}
