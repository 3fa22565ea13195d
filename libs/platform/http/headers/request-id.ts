import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { v7 } from 'uuid';
import { scrub } from '../../logging/redact.js';

/** Visible ASCII: the id goes into headers. */
const SANE = /^[\x21-\x7e]{1,128}$/;

/** The caller's X-Request-Id where it is harmless and no credential, else a fresh one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const inbound = headers['x-request-id'];
  return typeof inbound === 'string' && SANE.test(inbound) && scrub(inbound) === inbound
    ? inbound
    : v7({ random: nextBytes() });
}

const ID_BYTES = 16;
const pool = new Uint8Array(ID_BYTES * 256);
let used = pool.length;

/** Asks the kernel once for 256 requests; within a millisecond nobody needs these ids in order. */
function nextBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.subarray(used, (used += ID_BYTES));
}

export function echoRequestId(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}
