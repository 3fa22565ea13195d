import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** What a script may read besides the few headers that the Fetch standard always shows. */
const EXPOSED_HEADERS = [
  'ETag',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
  'Idempotency-Replayed',
  'WWW-Authenticate',
  'Deprecation',
  'Sunset',
  'Link',
];

/** Lets scripts of these origins call the API, with cookies. Without origins nothing is added to any answer. */
export async function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;

  fastify.addHook('onRequest', (request, reply, done) => {
    const isPreflight =
      request.headers['access-control-request-method'] !== undefined && request.headers.origin !== undefined;
    // Any other OPTIONS asks which methods there are; the plugin would refuse it in plain text.
    if (request.method === 'OPTIONS' && !isPreflight) reply.callNotFound();
    else done();
  });
  await fastify.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: METHODS,
    exposedHeaders: EXPOSED_HEADERS.join(', '),
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
