import { routeConfig } from '../routes/route-config.js';

export type Caching = Readonly<{
  /** Also for caches that many share, such as a CDN. Only where everybody gets the same answer, so only with @Public(). */
  public: boolean;
  /** Seconds for which nobody asks again. What changes meanwhile is seen that much later. */
  maxAge: number;
  /** Seconds after that in which a cache may give out what it has while it asks again (RFC 5861, section 3). */
  swr?: number;
}>;

declare module 'fastify' {
  interface FastifyContextConfig {
    caching?: Caching;
  }
}

/**
 * Lets the successful answer of a GET be kept by caches outside of this process (RFC 9111). It gets an ETag of its content, unless @Returns
 * knows its version, and If-None-Match is answered with 304. Errors are never kept, nor is an answer that sets a cookie.
 */
export const Cacheable = (caching: Caching): MethodDecorator => routeConfig({ caching });
