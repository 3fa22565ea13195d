import {
  type AppErrorClass,
  defineError,
  type ErrorDefinition,
  type ErrorKind,
} from '../../kernel/errors/app-error.js';

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  invalid: 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
};

/** Failures that only exist in HTTP carry a status of their own. */
const STATUS_OF_CODE = new Map<string, number>();

function defineHttpError(status: number, definition: ErrorDefinition): AppErrorClass {
  STATUS_OF_CODE.set(definition.code, status);
  return defineError(definition);
}

export const statusOf = ({ kind, code }: ErrorDefinition): number => STATUS_OF_CODE.get(code) ?? STATUS_OF_KIND[kind];

export const MalformedRequest = defineError({
  kind: 'malformed',
  code: 'MALFORMED_REQUEST',
  title: 'The request cannot be parsed',
  help: 'Send well-formed HTTP; bodies are JSON in UTF-8.',
});

export const RouteNotFound = defineError({
  kind: 'not-found',
  code: 'ROUTE_NOT_FOUND',
  title: 'There is nothing at this address',
  help: 'Look up the path in the API reference.',
});

export const MethodNotAllowed = defineHttpError(405, {
  kind: 'malformed',
  code: 'METHOD_NOT_ALLOWED',
  title: 'The address does not know this method',
  help: 'Use one of the methods in the Allow header.',
});

export const RouteGone = defineHttpError(410, {
  kind: 'not-found',
  code: 'ROUTE_GONE',
  title: 'This operation has ended',
  help: 'Call what the Link header names as successor-version, or look for another one in the API reference.',
});

export const RequestTimedOut = defineHttpError(408, {
  kind: 'malformed',
  code: 'REQUEST_TIMED_OUT',
  title: 'The request did not arrive in time',
  help: 'Send the whole request without pauses.',
});

export const PayloadTooLarge = defineHttpError(413, {
  kind: 'malformed',
  code: 'PAYLOAD_TOO_LARGE',
  title: 'The body is too large',
  help: 'Send less at once.',
});

export const BodiesExhausted = defineError({
  kind: 'unavailable',
  code: 'BODIES_EXHAUSTED',
  title: 'Too many request bodies are under way',
  help: 'Finish the requests you have begun, or send less at once, and try again after the time in Retry-After.',
});

export const UriTooLong = defineHttpError(414, {
  kind: 'malformed',
  code: 'URI_TOO_LONG',
  title: 'The address is too long',
  help: 'Send long values in the body.',
});

export const UnsupportedMediaType = defineHttpError(415, {
  kind: 'malformed',
  code: 'UNSUPPORTED_MEDIA_TYPE',
  title: 'The body has a type that is not understood',
  help: 'Send JSON with Content-Type: application/json.',
});

export const HeadersTooLarge = defineHttpError(431, {
  kind: 'malformed',
  code: 'HEADERS_TOO_LARGE',
  title: 'The header section is too large',
  help: 'Send fewer or shorter headers.',
});

export const ValidationFailed = defineError({
  kind: 'invalid',
  code: 'VALIDATION_FAILED',
  title: 'The request is not valid',
  help: 'Correct what `errors` points to and send the request again.',
});

export const InternalError = defineError({
  kind: 'internal',
  code: 'INTERNAL_ERROR',
  title: 'Something went wrong on our side',
  help: 'Try again later; if it stays, report the traceId.',
});
