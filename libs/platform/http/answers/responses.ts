import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Page } from '../../kernel/values/page.js';
import type { Cursors } from '../input/cursors.js';
import { DEFAULT_LIMIT } from '../input/page-query.js';
import { requireCacheable, setCachingHeaders } from './caching.js';
import { matchesEtag } from './if-none-match.js';

/** Puts every declared answer into the envelope, through its schema. Runs in Fastify, where it costs a few microseconds. */
export function sendEnvelopes(fastify: FastifyInstance, cursors: Cursors): void {
  fastify.setSerializerCompiler(
    ({ schema }) =>
      (body) =>
        JSON.stringify((schema as unknown as z.ZodType).parse(body)),
  );

  fastify.addHook('onRoute', (route) => {
    requireCacheable(route);
    const { returns, caching } = route.config ?? {};
    if (returns === undefined || route.schema?.response === undefined) return;

    route.preSerialization = (request, reply, result, done) => {
      if (reply.statusCode >= 400) return done(null, result);
      setResponseHeaders(reply, result, returns);
      const envelope = returns.page ? pageEnvelope(request, result as Page<unknown>, cursors) : { data: result };
      if (caching) setCachingHeaders(reply, caching, () => serializedOnce(reply, envelope));
      done(null, isUnchanged(request, reply) ? null : envelope);
    };
  });
}

type Returns = NonNullable<FastifyRequest['routeOptions']['config']['returns']>;

function setResponseHeaders(reply: FastifyReply, result: unknown, { location, etag, retryAfter }: Returns): void {
  if (location) reply.header('location', location(result));
  const seconds = retryAfter?.(result) ?? null;
  if (seconds !== null) reply.header('retry-after', seconds);
  // With an ETag the reader's own cache may keep the answer, as long as it asks each time whether it is still current.
  if (etag) reply.header('etag', `"${etag(result)}"`).header('cache-control', 'private, no-cache');
}

/** For code that needs the text before it is sent. */
function serializedOnce(reply: FastifyReply, envelope: Record<string, unknown>): string {
  const text = String(reply.serializeInput(envelope, String(reply.statusCode)));
  reply.serializer(() => text);
  return text;
}

/** Turns the reply into a 304 when the caller has it already. */
function isUnchanged(request: FastifyRequest, reply: FastifyReply): boolean {
  const condition = request.headers['if-none-match'];
  const etag = reply.getHeader('etag');
  if (condition === undefined || etag === undefined || (request.method !== 'GET' && request.method !== 'HEAD'))
    return false;

  const isMatch = matchesEtag(condition, String(etag));
  if (isMatch) reply.code(304).serializer(() => '');
  return isMatch;
}

function pageEnvelope(request: FastifyRequest, { items, next }: Page<unknown>, cursors: Cursors) {
  const { limit } = request.query as { limit?: string };
  const nextCursor = next === null ? null : cursors.encode(next, request);
  return { data: items, meta: { page: { limit: Number(limit ?? DEFAULT_LIMIT), nextCursor } } };
}
