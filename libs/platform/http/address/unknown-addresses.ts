import type { FastifyInstance } from 'fastify';
import { RouteNotFound } from '../errors/http.errors.js';

/** Refuses what has no address here before its body is read, and after it has been counted. */
export function refuseUnknownAddresses(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) done(new RouteNotFound());
    else done();
  });
}
