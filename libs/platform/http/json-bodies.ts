import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { MalformedRequest, UnsupportedMediaType } from './http.errors.js';

/** RFC 8259, section 8.1: JSON is UTF-8, and what the parameter says besides cannot be true. */
const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-8"?\s*(?:;|$))/i;

/** Only JSON comes in, and only in UTF-8: Node would put U+FFFD in the place of every byte that is none. */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (OTHER_CHARSET.test(request.headers['content-type'] ?? '')) return done(new UnsupportedMediaType());
    if (!isUtf8(body)) return done(new MalformedRequest('The body is not UTF-8.'));
    return parse(request, body.toString(), done);
  });
}
