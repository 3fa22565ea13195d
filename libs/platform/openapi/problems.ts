import type { FastifyContextConfig } from 'fastify';
import { ApiKeyExpired, ApiKeyInvalid } from '../auth/api-keys/api-key.errors.js';
import {
  AccessTokenExpired,
  AccessTokenInvalid,
  AuthenticationRequired,
  CsrfTokenInvalid,
  OriginNotAllowed,
  ReauthenticationRequired,
  SessionEnded,
} from '../auth/auth.errors.js';
import { type HeaderName, headerRefs } from '../http/answers/documented-headers.js';
import type { ResponseObjects } from '../http/answers/openapi-types.js';
import {
  BodiesExhausted,
  HeadersTooLarge,
  InternalError,
  MalformedRequest,
  PayloadTooLarge,
  RequestTimedOut,
  RouteGone,
  statusOf,
  UnsupportedMediaType,
  UriTooLong,
  ValidationFailed,
} from '../http/errors/http.errors.js';
import { IdempotencyKeyInUse } from '../http/idempotency/idempotency.errors.js';
import { CursorInvalid } from '../http/input/cursors.js';
import { RateLimitExceeded } from '../http/rate-limit/rate-limiter.js';
import { isPermission } from '../http/routes/access.decorators.js';
import { PermissionDenied } from '../kernel/access/principal.js';
import type { AppErrorClass, ErrorDefinition } from '../kernel/errors/app-error.js';
import { ServiceUnavailable } from '../kernel/errors/service-unavailable.js';
import { problemSchema } from './problem-schema.js';

/** What a route reads of a request, beside who is asking. */
export type Input = Readonly<{ method: string; hasBodySchema: boolean; hasPathParameters: boolean; hasQuery: boolean }>;

/** Every error a caller of the route has to reckon with, whichever layer finds it. */
export function errorsOf(input: Input, config: FastifyContextConfig): ReadonlySet<AppErrorClass> {
  return new Set([
    ...(config.throws ?? []),
    ...errorsOfHttp(input),
    ...errorsOfInput(input, config),
    ...errorsOfCaller(input, config),
    ...(config.deprecation ? [RouteGone] : []),
  ]);
}

function errorsOfHttp({ method, hasPathParameters }: Input): AppErrorClass[] {
  return [
    MalformedRequest,
    RequestTimedOut,
    HeadersTooLarge,
    InternalError,
    ...(hasPathParameters ? [UriTooLong] : []),
    // A body that is sent where none is expected is parsed all the same.
    ...(method === 'get' ? [] : [PayloadTooLarge, BodiesExhausted, UnsupportedMediaType]),
  ];
}

function errorsOfInput(
  { hasBodySchema, hasPathParameters, hasQuery }: Input,
  { returns }: FastifyContextConfig,
): AppErrorClass[] {
  return [
    ...(hasBodySchema || hasPathParameters || hasQuery ? [ValidationFailed] : []),
    ...(returns?.page ? [CursorInvalid] : []),
  ];
}

function errorsOfCaller(
  { method }: Input,
  { access = 'public', recentSignIn, rateLimit }: FastifyContextConfig,
): AppErrorClass[] {
  const isPublic = access === 'public';
  return [
    // API keys are verified before a session-only route refuses them.
    ...(isPublic
      ? []
      : [AuthenticationRequired, AccessTokenInvalid, AccessTokenExpired, SessionEnded, ApiKeyInvalid, ApiKeyExpired]),
    ...(isPermission(access) || access === 'authenticated' ? [PermissionDenied] : []),
    ...(recentSignIn === true ? [ReauthenticationRequired] : []),
    ...(isPublic || method === 'get' ? [] : [OriginNotAllowed, CsrfTokenInvalid]),
    ...(rateLimit === false ? [] : [RateLimitExceeded, ServiceUnavailable]),
  ];
}

/** One response for each status, with the codes that share it. One with a single code is stored in `shared`, and referred to. */
export function problemResponses(errors: ReadonlySet<AppErrorClass>, shared: ResponseObjects): ResponseObjects {
  const byStatus = Map.groupBy(errors, ({ definition }) => statusOf(definition));
  const responses = [...byStatus].map(([status, group]): [string, ResponseObjects[string]] => {
    const [first, ...others] = definitionsOf(group);
    const response = problemResponse(headersOf(status, group), [first, ...others]);
    if (others.length > 0) return [String(status), response];
    shared[first.code] ??= response;
    return [String(status), { $ref: `#/components/responses/${first.code}` }];
  });
  return Object.fromEntries(responses);
}

type Definitions = readonly [ErrorDefinition, ...ErrorDefinition[]];

/** By code. @param errors one at least */
const definitionsOf = (errors: readonly AppErrorClass[]): Definitions =>
  errors.map(({ definition }) => definition).sort((a, b) => (a.code < b.code ? -1 : 1)) as [ErrorDefinition];

const problemResponse = (headers: readonly HeaderName[], definitions: Definitions): ResponseObjects[string] => ({
  description: definitions.map(({ code, title }) => `\`${code}\`: ${title}`).join(' · '),
  headers: headerRefs(['X-Request-Id', ...headers]),
  content: { 'application/problem+json': { schema: problemSchema(definitions) } },
});

/** What cannot be parsed is refused before it is counted. */
const NEVER_COUNTED: readonly number[] = [RequestTimedOut, HeadersTooLarge, UriTooLong].map(({ definition }) =>
  statusOf(definition),
);

function headersOf(status: number, errors: readonly AppErrorClass[]): HeaderName[] {
  const asksToWait = status === 429 || status === 503 || errors.includes(IdempotencyKeyInUse);
  return [
    ...(NEVER_COUNTED.includes(status) ? [] : (['RateLimit', 'RateLimit-Policy'] as const)),
    ...(asksToWait ? (['Retry-After'] as const) : []),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
  ];
}
