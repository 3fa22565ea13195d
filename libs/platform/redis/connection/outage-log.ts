import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LASTING_MS } from './reconnection-delay.js';
import { type RedisProblem, reasonOf, textOf } from './redis-problem.js';

type Outage = Readonly<{ problem: RedisProblem }>;

/** Two lines per outage of a process, not two per attempt and connection. */
export class OutageLog {
  private readonly logger = new Logger('Redis');
  private readonly outages = new Map<Redis, Outage>();
  private readonly refusals = new Set<string>();

  lost(redis: Redis, problem: RedisProblem, error: Error): void {
    const isKnown = [...this.outages.values()].some((outage) => outage.problem === problem);
    this.outages.set(redis, { problem });
    if (!isKnown) this.logger.warn(`${textOf(problem)} (${reasonOf(error)}); reconnecting.`);
  }

  /** Said once it has lasted: a replica lets everybody in and then refuses what it is asked. */
  opened(redis: Redis): void {
    const outage = this.outages.get(redis);
    if (outage) setTimeout(() => this.endOf(redis, outage), LASTING_MS).unref();
  }

  /** A command that fails on a connection that stays. Once for each command: it would fail for each request. */
  refused(problem: RedisProblem, command: string): void {
    const refusal = `${textOf(problem)} (${command.toUpperCase()}).`;
    if (!this.refusals.has(refusal)) this.logger.warn(refusal);
    this.refusals.add(refusal);
  }

  private endOf(redis: Redis, outage: Outage): void {
    if (redis.status !== 'ready' || this.outages.get(redis) !== outage) return;
    this.outages.delete(redis);
    if (this.outages.size === 0) this.logger.log('Redis is back.');
  }
}
