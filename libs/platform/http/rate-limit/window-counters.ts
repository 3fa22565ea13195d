import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from '../../redis/redis-connections.js';

/** Requests counted so far in the current window, this one included, and when the window ends. */
export type Used = Readonly<{ count: number; resetSeconds: number }>;

/** One round trip: the window starts with its first request and disappears by itself. */
const HIT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  return {count, tonumber(ARGV[1])}
end
return {count, redis.call('PTTL', KEYS[1])}`;

/** After a failure the next requests do not wait for Redis at all, so that a frozen one slows nobody down. */
const PAUSE_MS = 1_000;

type Counting = Redis & { hitWindow(key: string, milliseconds: number): Promise<[number, number]> };

/** Fixed windows in Redis: the count is exact over any number of processes. */
@Injectable()
export class WindowCounters implements OnModuleInit {
  private readonly logger = new Logger(WindowCounters.name);
  private readonly redis: Counting;
  private pausedUntil = 0;

  constructor(connections: RedisConnections) {
    this.redis = connections.counters() as Counting;
    this.redis.defineCommand('hitWindow', { numberOfKeys: 1, lua: HIT });
  }

  /** Without Redis the start goes on; the connection keeps trying in the background. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch(() => undefined);
  }

  /** Null when Redis does not answer. */
  async hit(key: string, windowSeconds: number): Promise<Used | null> {
    if (Date.now() < this.pausedUntil) return null;
    try {
      const [count, milliseconds] = await this.redis.hitWindow(`rate-limit:${key}`, windowSeconds * 1000);
      return { count, resetSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) };
    } catch (error) {
      this.pausedUntil = Date.now() + PAUSE_MS;
      this.logger.warn(`Requests are not counted: ${(error as Error).message}`);
      return null;
    }
  }
}
