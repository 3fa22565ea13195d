import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Origin = Pick<FastifyRequest, 'id' | 'ip' | 'principal'>;

const active = new AsyncLocalStorage<Origin>();

/** Lets whatever is done for a request be traced back to it. The request itself is kept: it learns later who is asking. */
export function rememberOrigins(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => active.run(request, done));
}

/** The request that is being served, if it is one that this work belongs to. */
export const currentOrigin = (): Origin | undefined => active.getStore();

/** For work that is done as if a request had asked for it. */
export const withOrigin = <T>(origin: Origin, work: () => T): T => active.run(origin, work);
