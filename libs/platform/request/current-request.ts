import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What log lines and audit events say about a request. Read late, not copied: the principal is known only after authentication. */
export type CurrentRequest = Pick<
  FastifyRequest,
  'id' | 'ip' | 'method' | 'principal' | 'span' | 'traceId' | 'headers'
>;

const active = new AsyncLocalStorage<CurrentRequest>();

/** Lets whatever is done for a request be traced back to it. One AsyncLocalStorage for all users: each further one adds cost to every request. */
export function rememberRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => active.run(request, done));
}

/** The request that is being served, if it is one that this work belongs to. */
export const currentRequest = (): CurrentRequest | undefined => active.getStore();

/** For work that is done as if a request had asked for it. */
export const withRequest = <T>(request: CurrentRequest, work: () => T): T => active.run(request, work);
