import type { FastifyInstance } from 'fastify';
import { routeConfig } from '../routes/route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes. */
    bodyLimit?: number;
  }
}

/** What a stranger may send: the largest body that is taken without credentials, an id_token, needs half of it. */
export const PUBLIC_BODY_LIMIT = 32_768;

/** Bytes that this route takes, be it more or less than others do. */
export const BodyLimit = (bytes: number): MethodDecorator => routeConfig({ bodyLimit: bytes });

/** A route takes what it declares; one that is open to everybody a little; the others `limit`, in bytes. */
export function limitBodies(fastify: FastifyInstance, limit: number): void {
  fastify.addHook('onRoute', (route) => {
    const { access, bodyLimit = access === 'public' ? Math.min(PUBLIC_BODY_LIMIT, limit) : limit } = route.config ?? {};
    route.bodyLimit = bodyLimit;
  });
}
