import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { defineError } from '../../kernel/app-error.js';
import { ServiceUnavailable } from '../http.errors.js';
import { type RateLimit, rateLimits, type RateLimitScope } from './rate-limits.js';
import { type Used, WindowCounters } from './window-counters.js';

export const RateLimitExceeded = defineError({
  kind: 'too-many-requests',
  code: 'RATE_LIMITED',
  title: 'Too many requests',
  help: 'Wait for the time in Retry-After; the RateLimit headers tell what is left.',
});

/** Where a caller stands after one more request, with the header values that say so. */
export type Allowance = Readonly<{ isExceeded: boolean; resetSeconds: number; policy: string; state: string }>;

type Quota = Readonly<{ scope: RateLimitScope; limit: RateLimit; policy: string }>;

@Injectable()
export class RateLimiter {
  private readonly quotas: ReadonlyMap<RateLimitScope, Quota>;

  constructor(
    config: Config,
    private readonly counters: WindowCounters,
  ) {
    this.quotas = new Map(Object.entries(rateLimits(config)).map(([name, limit]) => [name as RateLimitScope, quotaOf(name as RateLimitScope, limit)]));
  }

  /**
   * Counts one request of `caller` (`user:<id>`, `api-key:<id>` or `network:<address>`). Null while nothing can be counted.
   * @throws ServiceUnavailable when Redis does not answer and the scope is closed without it
   */
  take(scope: RateLimitScope, caller: string): Allowance | null | Promise<Allowance | null> {
    const quota = this.quotas.get(scope) as Quota;
    const used = this.counters.hit(`${scope}:${caller}`, quota.limit.quota, quota.limit.windowSeconds);
    return used instanceof Promise ? used.then((answer) => allowanceOf(quota, answer)) : allowanceOf(quota, used);
  }
}

function allowanceOf({ scope, limit, policy }: Quota, used: Used | null): Allowance | null {
  if (used === null) {
    if (limit.withoutRedis === 'open') return null;
    throw new ServiceUnavailable();
  }
  const remaining = Math.max(0, limit.quota - used.count);
  const state = `"${scope}";r=${remaining};t=${used.resetSeconds}`;
  return { policy, state, isExceeded: used.count > limit.quota, resetSeconds: used.resetSeconds };
}

const quotaOf = (scope: RateLimitScope, limit: RateLimit): Quota => ({ scope, limit, policy: `"${scope}";q=${limit.quota};w=${limit.windowSeconds}` });
