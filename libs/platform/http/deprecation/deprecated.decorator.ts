import { routeConfig } from '../routes/route-config.js';

/** Days such as `2027-03-31`, which begin in UTC. */
export type Deprecation = Readonly<{
  /** From which day on nobody should begin to call the route. */
  since: string;
  /** From which day on it may be gone. */
  sunset: string;
  /** What to call instead, such as `/v2/orders/:id`: its parameters are those of the route. */
  successor?: string;
}>;

declare module 'fastify' {
  interface FastifyContextConfig {
    deprecation?: Deprecation;
  }
}

/**
 * Tells callers that the route will end, in each of its answers and in the document, and us who calls it still. It ends by itself only
 * where DEPRECATED_ROUTES_END says so.
 */
export const Deprecated = (deprecation: Deprecation): MethodDecorator => routeConfig({ deprecation });
