import { Injectable } from '@nestjs/common';
import { defineError } from '../../kernel/app-error.js';
import { ServiceUnavailable } from '../http.errors.js';
import type { Quota, RateLimit } from './rate-limit.js';
import { RateLimits } from './rate-limits.js';
import { type Used, WindowCounters } from './window-counters.js';

export const RateLimitExceeded = defineError({
  kind: 'too-many-requests',
  code: 'RATE_LIMITED',
  title: 'Too many requests',
  help: 'Wait for the time in Retry-After; the RateLimit headers tell what is left.',
});

/** Where a caller stands after one more request, with the header values that say so. */
export type Allowance = Readonly<{ isExceeded: boolean; resetSeconds: number; policy: string; state: string }>;

@Injectable()
export class RateLimiter {
  /** By limit, so that each header value is put together once. */
  private readonly policies = new Map<RateLimit, string>();

  constructor(
    private readonly limits: RateLimits,
    private readonly counters: WindowCounters,
  ) {}

  /**
   * Counts one request of `caller` (see callerOf). Null while nothing can be counted.
   * @throws ServiceUnavailable when Redis does not answer and the limit is closed without it
   */
  take(limit: RateLimit, caller: string): Allowance | null | Promise<Allowance | null> {
    const quota = this.limits.quotaOf(limit);
    const used = this.counters.hit(`${limit.name}:${caller}`, quota.requests, quota.windowSeconds);
    return used instanceof Promise ? used.then((answer) => this.allowance(limit, quota, answer)) : this.allowance(limit, quota, used);
  }

  private allowance(limit: RateLimit, quota: Quota, used: Used | null): Allowance | null {
    if (used === null) {
      if (limit.withoutRedis === 'open') return null;
      throw new ServiceUnavailable();
    }
    const state = `"${limit.name}";r=${Math.max(0, quota.requests - used.count)};t=${used.resetSeconds}`;
    return { policy: this.policyOf(limit, quota), state, isExceeded: used.count > quota.requests, resetSeconds: used.resetSeconds };
  }

  private policyOf(limit: RateLimit, { requests, windowSeconds }: Quota): string {
    const policy = this.policies.get(limit) ?? `"${limit.name}";q=${requests};w=${windowSeconds}`;
    this.policies.set(limit, policy);
    return policy;
  }
}
