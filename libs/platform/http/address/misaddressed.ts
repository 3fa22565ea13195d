import type { FastifyInstance } from 'fastify';
import { MalformedRequest, RouteNotFound } from '../http.errors.js';

/** Refuses, before the body is read, what has no address here or does not say whom it is for (RFC 9112, section 3.2). */
export function refuseMisaddressed(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') done(new MalformedRequest('The request has no Host header.'));
    else if (request.is404) done(new RouteNotFound());
    else done();
  });
}
