import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { newId } from '../kernel/ids.js';

/** Visible ASCII only: the id goes into headers and log lines as it is. */
const SANE = /^[\x21-\x7e]{1,128}$/;

/** The caller's X-Request-Id where it is harmless, else a fresh one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const inbound = headers['x-request-id'];
  return typeof inbound === 'string' && SANE.test(inbound) ? inbound : newId();
}

export function echoRequestId(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}
