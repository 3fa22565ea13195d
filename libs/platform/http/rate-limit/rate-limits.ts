import type { Env } from '../../config/env.js';

export type RateLimit = Readonly<{
  /** Requests in one window. */
  quota: number;
  windowSeconds: number;
  /** What happens while Redis does not answer: `open` lets requests pass uncounted, `closed` refuses them with 503. */
  withoutRedis: 'open' | 'closed';
}>;

/**
 * What is counted apart. Routes name a scope with `@RateLimited(...)`; all others share `default`. What is not counted by route but by
 * account, attempts to sign in, has its limits in libs/features/users/infrastructure/sign-in-attempt-counters.ts and is closed without
 * Redis, too.
 */
export function rateLimits(env: Env) {
  /** Reads must outlive Redis. */
  const usual: RateLimit = { quota: env.RATE_LIMIT_REQUESTS, windowSeconds: env.RATE_LIMIT_WINDOW, withoutRedis: 'open' };
  return {
    /** Per user or API key, or per network where nobody has to sign in. */
    default: usual,
    /** Per network. Apart, so that whoever reads public pages there signs nobody out. */
    refresh: usual,
    /** Per network: credentials that were missing or no good where one is needed. */
    unauthenticated: usual,
    /** Per network, whichever accounts it tries. */
    login: { quota: 20, windowSeconds: 60, withoutRedis: 'closed' },
    register: { quota: 20, windowSeconds: 60, withoutRedis: 'closed' },
    /** Mails somebody's inbox. */
    mail: { quota: 10, windowSeconds: 60, withoutRedis: 'closed' },
    /** Proof by a mailed token. */
    token: { quota: 30, windowSeconds: 60, withoutRedis: 'closed' },
    /** Per user: whoever holds a stolen access token shall not guess the password. */
    password: { quota: 10, windowSeconds: 600, withoutRedis: 'closed' },
  } as const satisfies Record<string, RateLimit>;
}

export type RateLimitScope = keyof ReturnType<typeof rateLimits>;
