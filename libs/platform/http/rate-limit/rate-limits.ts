import type { Env } from '../../config/env.js';

export type RateLimit = Readonly<{
  /** Requests in one window. */
  quota: number;
  windowSeconds: number;
  /** What happens while Redis does not answer: `open` lets requests pass uncounted, `closed` refuses them with 503. */
  withoutRedis: 'open' | 'closed';
}>;

/**
 * Scopes that guard credentials. Their routes name them with `@RateLimited(...)`. What is not counted by route but by account,
 * attempts to sign in, has its limits in libs/features/users/infrastructure/sign-in-attempt-counters.ts and is closed without Redis, too.
 */
export const CREDENTIAL_LIMITS = {
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

export type CredentialScope = keyof typeof CREDENTIAL_LIMITS;

/** The limit of everything else: per user or API key, or per network where there is none. Reads must outlive Redis. */
export const defaultLimit = (env: Env): RateLimit => ({
  quota: env.RATE_LIMIT_REQUESTS,
  windowSeconds: env.RATE_LIMIT_WINDOW,
  withoutRedis: 'open',
});
