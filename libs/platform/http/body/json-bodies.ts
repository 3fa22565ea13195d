import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { MalformedRequest, UnsupportedMediaType } from '../errors/http.errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For what is signed to the byte. */
    keepsRawBody?: boolean;
  }
  interface FastifyRequest {
    rawBody?: Buffer;
  }
}

/**
 * Only JSON comes in, and only in UTF-8: Node would put U+FFFD in the place of every byte that is none. What a charset parameter says
 * has no effect (RFC 8259, section 11), the bytes tell. Zero bytes are no body, whatever their type: clients of all kinds send one along.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    if (!request.incomingBody) return done(null);
    request.incomingBody.read(payload, (error, body) => {
      if (request.routeOptions.config.keepsRawBody === true) request.rawBody = body;
      if (error || body.length === 0) done(error);
      else if (!isUtf8(body)) done(new MalformedRequest('The body is not UTF-8.'));
      else void parse(request, body.toString(), done);
    });
  });
  // Nothing is kept of what has another type.
  fastify.addContentTypeParser('*', ({ incomingBody }, payload, done) => {
    if (incomingBody) incomingBody.refuseContent(payload, new UnsupportedMediaType(), done);
    else done(null);
  });
}
