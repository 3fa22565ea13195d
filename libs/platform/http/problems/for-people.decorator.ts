import { routeConfig } from '../routes/route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    signInAt?: string;
  }
}

/**
 * For a page that people open in a browser. People without a session are led to the page at `signInAt`, which leads back to `returnTo`; every
 * other problem is a page, too. Programs, which do not ask for HTML, are answered as everywhere.
 */
export const ForPeople = (signInAt: string): MethodDecorator => routeConfig({ signInAt });
