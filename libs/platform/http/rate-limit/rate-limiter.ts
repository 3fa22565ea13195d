import { Injectable } from '@nestjs/common';
import { defineError } from '../../kernel/errors/app-error.js';
import { unavailable } from '../../kernel/errors/service-unavailable.js';
import type { Quota, RateLimit } from './rate-limit.js';
import { RateLimits } from './rate-limits.js';
import { type Used, WindowCounters } from './window-counters.js';

export const RateLimitExceeded = defineError({
  kind: 'too-many-requests',
  code: 'RATE_LIMITED',
  title: 'Too many requests',
  help: 'Wait for the time in Retry-After; the RateLimit headers tell what is left.',
});

/** A limit as it is in this process, and the RateLimit-Policy that says so. */
type Applied = Quota & Readonly<{ policy: string }>;

/** Where a caller stands after one more request, with the header values that say so. */
export type Allowance = Readonly<{ isExceeded: boolean; resetSeconds: number; policy: string; state: string }>;

@Injectable()
export class RateLimiter {
  /** What does not change while the process runs, put together once. */
  private readonly known = new Map<RateLimit, Applied>();

  constructor(
    private readonly limits: RateLimits,
    private readonly counters: WindowCounters,
  ) {}

  /**
   * Counts one request of `caller` (see callerOf). Null while nothing can be counted.
   * @throws ServiceUnavailable when Redis does not answer and the limit is closed without it
   */
  take(limit: RateLimit, caller: string): Allowance | null | Promise<Allowance | null> {
    const applied = this.known.get(limit) ?? this.apply(limit);
    const used = this.counters.hit(`${limit.name}:${caller}`, applied.requests, applied.windowSeconds);
    return used instanceof Promise
      ? used.then((answer) => allowance(limit, applied, answer))
      : allowance(limit, applied, used);
  }

  private apply(limit: RateLimit): Applied {
    const quota = this.limits.quotaOf(limit);
    const applied = { ...quota, policy: `"${limit.name}";q=${quota.requests};w=${quota.windowSeconds}` };
    this.known.set(limit, applied);
    return applied;
  }
}

function allowance(limit: RateLimit, { requests, policy }: Applied, used: Used | null): Allowance | null {
  if (used === null) {
    if (limit.withoutRedis === 'open') return null;
    throw unavailable('redis');
  }
  const state = `"${limit.name}";r=${Math.max(0, requests - used.count)};t=${used.resetSeconds}`;
  return { policy, state, isExceeded: used.count > requests, resetSeconds: used.resetSeconds };
}
