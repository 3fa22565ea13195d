import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { MalformedRequest, UnsupportedMediaType } from '../http.errors.js';

/**
 * Only JSON comes in, and only in UTF-8: Node would put U+FFFD in the place of every byte that is none. What a charset parameter says
 * has no effect (RFC 8259, section 11), the bytes tell. Zero bytes are no body, whatever their type: clients of all kinds send one along.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null);
    if (!isUtf8(body)) return done(new MalformedRequest('The body is not UTF-8.'));
    return parse(request, body.toString(), done);
  });
  // Nothing is read of what has another type, but whether there is something.
  fastify.addContentTypeParser('*', (_request, body, done) => {
    body.once('data', () => done(new UnsupportedMediaType())).once('end', () => done(null)).once('error', done);
  });
  forgetTypeOfNothing(fastify);
}

/** Fastify judges the type before it looks for a body. */
function forgetTypeOfNothing(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ headers }, _reply, done) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody) delete headers['content-type'];
    done();
  });
}
