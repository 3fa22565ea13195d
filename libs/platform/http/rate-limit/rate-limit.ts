import { Registry } from '../../kernel/registry.js';

/** One thing that is counted apart. Its owner exports the value, and a route that is counted under it names that. */
export type RateLimit = Readonly<{
  /** Clients see it in RateLimit headers, RATE_LIMITS names it: never rename one. */
  name: string;
  /** Requests in one window; without both, what RATE_LIMIT_REQUESTS and RATE_LIMIT_WINDOW say. */
  quota?: Quota;
  /** What happens while Redis does not answer: `open` lets requests pass uncounted, `closed` refuses them with 503. */
  withoutRedis: 'open' | 'closed';
  /** What is counted, and of whom. */
  description: string;
}>;

export type Quota = Readonly<{ requests: number; windowSeconds: number }>;

const registry = new Registry<RateLimit>('The rate limit');

/** @throws when two definitions share a name */
export function defineRateLimit(name: string, definition: Omit<RateLimit, 'name'>): RateLimit {
  return registry.add(name, { name, ...definition });
}

/** Every limit defined so far, by name. */
export const definedRateLimits = (): ReadonlyMap<string, RateLimit> => registry.all;

/* Those of every service. Reads must outlive Redis. */

export const defaultLimit = defineRateLimit('default', {
  withoutRedis: 'open',
  description: 'Whatever has no limit of its own, per user or API key, or per network where nobody has to sign in.',
});

export const unauthenticatedLimit = defineRateLimit('unauthenticated', {
  withoutRedis: 'open',
  description: 'Credentials that are missing or no good where one is needed, per network.',
});
