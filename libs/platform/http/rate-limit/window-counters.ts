import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { RedisConnections } from '../../redis/connection/redis-connections.js';

/** Requests counted so far in the current window, this one included, and when the window ends. */
export type Used = Readonly<{ count: number; resetSeconds: number }>;

/** One round trip for any number of requests: the window starts with its first request and disappears by itself. */
const TAKE = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count == tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {count, tonumber(ARGV[2])}
end
return {count, redis.call('PTTL', KEYS[1])}`;

/** After a failure the next requests do not wait for Redis at all, so that a frozen one slows nobody down. */
const PAUSE_MS = 1_000;

/** A process takes this share of a quota in advance ... */
const SHARE_IN_ADVANCE = 1 / 20;
/** ... as long as less than this share is used up; then it asks request by request, so that the last one is given out too. */
const SHARE_GIVEN_IN_ADVANCE = 1 / 2;
const REMEMBERED_CALLERS = 10_000;

type RedisWithScripts = Redis & {
  takeFromWindow(key: string, requests: number, milliseconds: number): Promise<[number, number]>;
};

/** Requests that Redis has counted already and this process may still let through: `next` up to and including `last`. */
type Taken = { next: number; readonly last: number; readonly endsAt: number };

/**
 * Fixed windows in Redis, exact over any number of processes: what a process lets through was counted there before.
 * What it takes in advance and does not use is lost to the others until the window ends, a twentieth of the quota at most.
 */
@Injectable()
export class WindowCounters implements OnModuleInit {
  private readonly logger = new Logger(WindowCounters.name);
  private readonly redis: RedisWithScripts;
  private readonly taken = new LRUCache<string, Taken>({ max: REMEMBERED_CALLERS });
  private readonly takingInAdvance = new Set<string>();
  private pausedUntil = 0;

  constructor(connections: RedisConnections) {
    this.redis = connections.counters() as RedisWithScripts;
    this.redis.defineCommand('takeFromWindow', { numberOfKeys: 1, lua: TAKE });
  }

  /** Without Redis the start goes on; the connection keeps trying in the background. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch(() => undefined);
  }

  /** Null when Redis does not answer. Not a promise while there are requests taken in advance: then nothing has to be waited for. */
  hit(key: string, quota: number, windowSeconds: number): Used | null | Promise<Used | null> {
    const now = Date.now();
    const taken = this.taken.get(key);
    if (taken && isUsable(taken, now)) return used(taken.next++, taken.endsAt - now);
    if (now < this.pausedUntil) return null;

    const inAdvance =
      taken && now < taken.endsAt && taken.last < quota * SHARE_GIVEN_IN_ADVANCE
        ? Math.floor(quota * SHARE_IN_ADVANCE)
        : 1;
    return this.take(key, inAdvance, windowSeconds);
  }

  private async take(key: string, wanted: number, windowSeconds: number): Promise<Used | null> {
    // Once at a time: requests that come while the answer is on its way ask for themselves.
    const isInAdvance = wanted > 1 && !this.takingInAdvance.has(key);
    const requests = isInAdvance ? wanted : 1;
    if (isInAdvance) this.takingInAdvance.add(key);
    try {
      const [count, milliseconds] = await this.redis.takeFromWindow(
        `rate-limit:${key}`,
        requests,
        windowSeconds * 1000,
      );
      const first = count - requests + 1;
      this.remember(key, { next: first + 1, last: count, endsAt: Date.now() + milliseconds });
      return used(first, milliseconds);
    } catch (error) {
      this.pausedUntil = Date.now() + PAUSE_MS;
      this.logger.warn(`Requests are not counted: ${(error as Error).message}`);
      return null;
    } finally {
      if (isInAdvance) this.takingInAdvance.delete(key);
    }
  }

  /** An answer that was overtaken by another one must not replace what that one took in advance. */
  private remember(key: string, taken: Taken): void {
    const known = this.taken.get(key);
    if (!known || !isUsable(known, Date.now())) this.taken.set(key, taken);
  }
}

const isUsable = ({ next, last, endsAt }: Taken, now: number): boolean => next <= last && now < endsAt;

const used = (count: number, milliseconds: number): Used => ({
  count,
  resetSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
});
