import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { Env } from '../../config/env.js';
import { InvalidEnvironment } from '../../config/load-env.js';
import { definedRateLimits, type Quota, type RateLimit } from './rate-limit.js';

/** To be called when all modules are loaded. @throws InvalidEnvironment when RATE_LIMITS names a limit that none of them has defined */
export function requireKnownLimits({ RATE_LIMITS }: Pick<Env, 'RATE_LIMITS'>): void {
  const known = [...definedRateLimits().keys()];
  const areKnown = RATE_LIMITS.every(({ name }) => known.includes(name));
  if (!areKnown)
    throw new InvalidEnvironment([
      `RATE_LIMITS: names a limit that does not exist; there are ${known.sort().join(', ')}`,
    ]);
}

/** What each limit is in this process: what its definition says, unless RATE_LIMITS says otherwise. */
@Injectable()
export class RateLimits {
  private readonly usual: Quota;
  private readonly configured: ReadonlyMap<string, Quota>;

  constructor({ RATE_LIMITS, RATE_LIMIT_REQUESTS, RATE_LIMIT_WINDOW }: Config) {
    this.usual = { requests: RATE_LIMIT_REQUESTS, windowSeconds: RATE_LIMIT_WINDOW };
    this.configured = new Map(RATE_LIMITS.map(({ name, ...quota }) => [name, quota]));
  }

  quotaOf({ name, quota }: RateLimit): Quota {
    return this.configured.get(name) ?? quota ?? this.usual;
  }
}
