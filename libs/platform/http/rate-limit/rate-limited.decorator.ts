import { routeConfig } from '../routes/route-config.js';
import type { RateLimit } from './rate-limit.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `false` exempts a route from being counted and from load shedding: probes must answer whatever else is going on. */
    rateLimit?: RateLimit | false;
  }
}

/** Counts a route under this limit instead of the default one: per user or API key, or per network where nobody has to sign in. */
export const RateLimited = (limit: RateLimit): MethodDecorator => routeConfig({ rateLimit: limit });

export const NotRateLimited = (): MethodDecorator => routeConfig({ rateLimit: false });
