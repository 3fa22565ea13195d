import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { defineError } from '../../kernel/app-error.js';
import { ServiceUnavailable } from '../http.errors.js';
import { CREDENTIAL_LIMITS, type CredentialScope, defaultLimit, type RateLimit } from './rate-limits.js';
import { type Used, WindowCounters } from './window-counters.js';

export const RateLimitExceeded = defineError({
  kind: 'too-many-requests',
  code: 'RATE_LIMITED',
  title: 'Too many requests',
  help: 'Wait for the time in Retry-After; the RateLimit headers tell what is left.',
});

/** `unverified`: requests with no credential, or one that was not verified yet, where one is needed. */
export type Scope = CredentialScope | 'default' | 'unverified';

/** Where a caller stands after one more request, with the header values that say so. */
export type Allowance = Readonly<{ isExceeded: boolean; resetSeconds: number; policy: string; state: string }>;

type Quota = Readonly<{ scope: Scope; limit: RateLimit; policy: string }>;

@Injectable()
export class RateLimiter {
  private readonly quotas: ReadonlyMap<Scope, Quota>;

  constructor(
    config: Config,
    private readonly counters: WindowCounters,
  ) {
    const usual = defaultLimit(config);
    const limits: Record<Scope, RateLimit> = { ...CREDENTIAL_LIMITS, default: usual, unverified: usual };
    this.quotas = new Map(Object.entries(limits).map(([name, limit]) => [name as Scope, quotaOf(name as Scope, limit)]));
  }

  /**
   * Counts one request of `caller` (`user:<id>`, `api-key:<id>` or `network:<address>`). Null while nothing can be counted.
   * @throws ServiceUnavailable when Redis does not answer and the scope is closed without it
   */
  take(scope: Scope, caller: string): Allowance | null | Promise<Allowance | null> {
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

const quotaOf = (scope: Scope, limit: RateLimit): Quota => ({ scope, limit, policy: `"${scope}";q=${limit.quota};w=${limit.windowSeconds}` });
