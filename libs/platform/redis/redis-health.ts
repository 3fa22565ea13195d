import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from './connection/redis-connections.js';
import type { RedisProblem } from './connection/redis-problem.js';
import { REDIS } from './redis.js';

const KEY = 'health:write';
const KEY_LIFE_MS = 60_000;

/** What readiness asks Redis. */
@Injectable()
export class RedisHealth {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly connections: RedisConnections,
  ) {}

  /** Does what the service does, a small write: a replica answers everything else. @throws when that fails */
  async check(): Promise<{ status?: 'degraded'; code?: RedisProblem }> {
    const [, memory] = await Promise.all([this.redis.set(KEY, '', 'PX', KEY_LIFE_MS), this.memory()]);
    const evicts = /^maxmemory_policy:(?!noeviction)\w/m.test(memory);
    const problem = evicts ? 'REDIS_EVICTS_KEYS' : this.connections.problemOf(this.redis);
    return problem ? { status: 'degraded', code: problem } : {};
  }

  /** Why the check failed, or did not end. */
  problemOf(error: unknown): RedisProblem {
    const answered = error instanceof Error ? this.connections.problemIn(error) : undefined;
    return answered ?? this.connections.problemOf(this.redis) ?? 'REDIS_UNAVAILABLE';
  }

  /** INFO may be forbidden. Then nobody can tell, which RedisConnections has logged. */
  private memory(): Promise<string> {
    return this.redis.info('memory').catch(() => '');
  }
}
