import { routeConfig } from '../route-config.js';
import type { CredentialScope } from './rate-limits.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `false` exempts a route: probes must answer whatever else is going on. */
    rateLimit?: CredentialScope | false;
  }
}

/** Puts a route under a stricter limit of its own, counted per address, beside the default one. */
export const RateLimited = (scope: CredentialScope): MethodDecorator => routeConfig({ rateLimit: scope });

export const NotRateLimited = (): MethodDecorator => routeConfig({ rateLimit: false });
