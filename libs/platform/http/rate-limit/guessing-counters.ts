import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../redis/redis.js';
import { GUESSING } from './rate-limits.js';

/** What is guessed at and from where, both already unrecognisable: they become keys in Redis. */
export type Guess = Readonly<{ target: string; origin: string }>;

/** One round trip, and exact over any number of processes. The clock is that of Redis, so processes need not agree. */
const ATTEMPT = `
local origin, strangers, known = KEYS[1], KEYS[2], KEYS[3]
local free, wait, longest, memory = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local left = (tonumber(redis.call('HGET', origin, 'until')) or 0) - now
if left > 0 then return left end

if redis.call('EXISTS', known) == 0 then
  local attempts = redis.call('INCR', strangers)
  if attempts == 1 then redis.call('PEXPIRE', strangers, ARGV[8]) end
  if attempts > tonumber(ARGV[7]) then free, wait = tonumber(ARGV[5]), tonumber(ARGV[6]) end
end

local excess = redis.call('HINCRBY', origin, 'count', 1) - free
if excess >= 0 then redis.call('HSET', origin, 'until', now + math.min(wait * 2 ^ math.min(excess, 30), longest)) end
redis.call('PEXPIRE', origin, memory)
return 0`;

/** One command: a transaction would be four. */
const SUCCEED = `
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], '1', 'EX', ARGV[1])`;

const { usual, underAttack, longestWaitSeconds, memorySeconds, knownSeconds } = GUESSING;
const milliseconds = (seconds: number) => seconds * 1_000;
const LIMITS = [
  usual.free, milliseconds(usual.firstWaitSeconds), milliseconds(longestWaitSeconds), milliseconds(memorySeconds),
  underAttack.free, milliseconds(underAttack.firstWaitSeconds), underAttack.attempts, milliseconds(underAttack.windowSeconds),
];

type Counting = Redis & {
  attemptGuess(origin: string, strangers: string, known: string, ...limits: number[]): Promise<number>;
  succeedGuess(origin: string, known: string, knownSeconds: number): Promise<null>;
};

/** Attempts at secrets, each counted before it is made. */
@Injectable()
export class GuessingCounters {
  private readonly logger = new Logger(GuessingCounters.name);
  private readonly redis: Counting;

  constructor(@Inject(REDIS) redis: Redis) {
    redis.defineCommand('attemptGuess', { numberOfKeys: 3, lua: ATTEMPT });
    redis.defineCommand('succeedGuess', { numberOfKeys: 2, lua: SUCCEED });
    this.redis = redis as Counting;
  }

  /** Seconds to wait before the attempt may be made, or 0 when it may be made now. Null when Redis does not answer. */
  async attempt(guess: Guess): Promise<number | null> {
    const { origin, strangers, known } = keysOf(guess);
    return this.orNull(async () => Math.ceil((await this.redis.attemptGuess(origin, strangers, known, ...LIMITS)) / 1_000));
  }

  /** Forgets the failures of the origin, and remembers that it knew the secret. */
  async succeeded(guess: Guess): Promise<void> {
    const { origin, known } = keysOf(guess);
    await this.orNull(() => this.redis.succeedGuess(origin, known, knownSeconds));
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

/** The braces keep the keys of one target together in a cluster. */
function keysOf({ target, origin }: Guess) {
  const prefix = `guesses:{${target}}`;
  return { strangers: `${prefix}:strangers`, origin: `${prefix}:from:${origin}`, known: `${prefix}:known:${origin}` };
}
