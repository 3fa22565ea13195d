import type { FastifyInstance } from 'fastify';

/**
 * OWASP Secure Headers for an API, set once and as constants: the answers are JSON, so nothing may be loaded,
 * framed or sniffed. Pages (docs, errors) replace the policy with one of their own.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  // On uncompressed answers too: a cache must not hand them to clients that asked for another encoding.
  vary: 'accept-encoding',
};

export function setSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    done();
  });
}
