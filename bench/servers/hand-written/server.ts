// What a strong engineer writes by hand for one route, with the obligations of this service and its libraries,
// and without Nest or anything from libs/. It is the yardstick for what structure costs.
import compress from '@fastify/compress';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyRequest } from 'fastify';
import { v7 as newId } from 'uuid';
import { FIND_OWN_PARCEL, type ParcelRow, toParcel } from '../parcel-row.ts';
import { type Caller, loadPermissions, verifyBearer } from './identity.ts';
import { logRequest } from './log.ts';
import { query } from './postgres.ts';
import { countRequest } from './rate-limit.ts';
import { parcelSchema, problem, sendSchema } from './schemas.ts';
import { type Contents, sendOnce } from './send.ts';
import { traceRequests } from './telemetry.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  vary: 'accept-encoding',
};
const SANE_KEY = /^[\x21-\x7e]{1,255}$/;
const SANE_ID = /^[\x21-\x7e]{1,128}$/;

const fastify = Fastify({
  requestTimeout: 30_000,
  requestIdHeader: false,
  genReqId: ({ headers }) => {
    const inbound = headers['x-request-id'];
    return typeof inbound === 'string' && SANE_ID.test(inbound) ? inbound : newId();
  },
});
fastify.decorateRequest('caller', null);
await fastify.register(underPressure, { maxEventLoopDelay: 1_000 });
await fastify.register(compress, { threshold: 1_400, encodings: ['gzip', 'deflate'] });
traceRequests(fastify);

fastify.addHook('onRequest', async (request, reply) => {
  reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  const caller = await verifyBearer(request.headers.authorization);
  if (!caller)
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .type('application/problem+json')
      .send(problem(401, 'AUTHENTICATION_REQUIRED', request));

  const allowance = await countRequest(caller.userId);
  reply.header('ratelimit-policy', allowance.policy).header('ratelimit', allowance.state);
  if (allowance.isExceeded)
    return reply
      .code(429)
      .header('retry-after', allowance.resetSeconds)
      .type('application/problem+json')
      .send(problem(429, 'RATE_LIMITED', request));
  request.caller = caller;
});
fastify.addHook('onResponse', async (request, reply) => logRequest(request, reply));

fastify.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
  const status = error.statusCode ?? 500;
  return reply
    .code(status)
    .type('application/problem+json')
    .send(problem(status, status === 400 ? 'VALIDATION_FAILED' : 'INTERNAL', request));
});

fastify.get<{ Params: { id: string } }>('/v1/parcels/:id', { schema: parcelSchema }, async (request, reply) => {
  const caller = request.caller as Caller;
  if (!caller.permissions.has('parcels:read')) return reply.code(403).send(problem(403, 'PERMISSION_DENIED', request));

  const [row] = await query<ParcelRow>(FIND_OWN_PARCEL, [request.params.id, caller.userId]);
  if (!row) return reply.code(404).send(problem(404, 'PARCEL_NOT_FOUND', request));

  const etag = `"${row.version}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  return isKnown(request, etag) ? reply.code(304).send() : { data: toParcel(row) };
});

fastify.post<{ Body: { contents: Contents } }>('/v1/parcels', { schema: sendSchema }, async (request, reply) => {
  const caller = request.caller as Caller;
  if (!caller.permissions.has('parcels:send')) return reply.code(403).send(problem(403, 'PERMISSION_DENIED', request));
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !SANE_KEY.test(key))
    return reply.code(400).send(problem(400, 'IDEMPOTENCY_KEY_INVALID', request));

  const outcome = await sendOnce(request, reply, { caller, key, contents: request.body.contents });
  if (outcome === 'in use')
    return reply
      .code(409)
      .header('retry-after', 1)
      .send(problem(409, 'IDEMPOTENCY_KEY_IN_USE', request));
  if (outcome === 'other request') return reply.code(422).send(problem(422, 'IDEMPOTENCY_KEY_REUSED', request));
  return reply
    .code(outcome.status)
    .headers(outcome.headers)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(outcome.body);
});

function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const condition = headers['if-none-match'];
  return (
    condition !== undefined &&
    (condition === '*' || condition.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
  );
}

await loadPermissions();
await fastify.listen({ port: Number(process.env['API_PORT']), host: '127.0.0.1' });
