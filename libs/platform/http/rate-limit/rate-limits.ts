import type { Env } from '../../config/env.js';

export type RateLimit = Readonly<{
  /** Requests in one window. */
  quota: number;
  windowSeconds: number;
  /** What happens while Redis does not answer: `open` lets requests pass uncounted, `closed` refuses them with 503. */
  withoutRedis: 'open' | 'closed';
}>;

/** Scopes that guard credentials. Their routes name them with `@RateLimited(...)`. */
export const CREDENTIAL_LIMITS = {
  /** Per network; the account's own throttle is the password check's affair. */
  login: { quota: 20, windowSeconds: 60, withoutRedis: 'closed' },
  register: { quota: 20, windowSeconds: 60, withoutRedis: 'closed' },
  /** Mails somebody's inbox. */
  mail: { quota: 10, windowSeconds: 60, withoutRedis: 'closed' },
  /** Proof by a mailed token. */
  token: { quota: 30, windowSeconds: 60, withoutRedis: 'closed' },
  /** Per user: whoever holds a stolen access token shall not guess the password. */
  password: { quota: 10, windowSeconds: 600, withoutRedis: 'closed' },
} as const satisfies Record<string, RateLimit>;

/**
 * Attempts at one account, counted for each network that makes them. Nobody waits for what others do, except that strangers
 * to an account get fewer attempts while many networks guess at once: never none. Without Redis nobody may guess.
 */
export const GUESSING = {
  /** The wait that no further failure makes longer. */
  longestWaitSeconds: 900,
  /** Failures are forgotten when a network has been quiet for so long. */
  memorySeconds: 3_600,
  /** So many attempts, then a wait that doubles with each further one. */
  usual: { free: 10, firstWaitSeconds: 1 },
  /** For networks from which nobody has signed in to the account, once they have made `attempts` together. */
  underAttack: { free: 1, firstWaitSeconds: 60, attempts: 100, windowSeconds: 3_600 },
  /** How long a network that has signed in stays known. */
  knownSeconds: 7_776_000,
} as const;

export type CredentialScope = keyof typeof CREDENTIAL_LIMITS;

/** The limit of everything else: per user or API key, or per network where there is none. Reads must outlive Redis. */
export const defaultLimit = (env: Env): RateLimit => ({
  quota: env.RATE_LIMIT_REQUESTS,
  windowSeconds: env.RATE_LIMIT_WINDOW,
  withoutRedis: 'open',
});
