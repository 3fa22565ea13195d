import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MalformedRequest } from '../errors/http.errors.js';

/** `uri-host [ ":" port ]` (RFC 3986, section 3.2.2), and not empty (RFC 9110, section 4.2.1). */
const HOST = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+)(?::\d*)?$/i;

/** Nothing else is looked at when a request does not say whom it is for. */
export function requireHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const complaint = hostComplaint(request.raw);
    if (complaint === null) done();
    else done(new MalformedRequest(complaint));
  });
}

/**
 * What is wrong with the Host lines of a request (RFC 9112, section 3.2). Two of them, or one that is no host, are how a request means one
 * site to a proxy and another to us.
 */
export function hostComplaint({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): string | null {
  let host: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (host !== undefined) return 'The request has more than one Host header.';
    host = rawHeaders[index + 1];
  }
  if (host === undefined) return httpVersion === '1.1' ? 'The request has no Host header.' : null;
  return HOST.test(host) ? null : 'The Host header names no host.';
}
