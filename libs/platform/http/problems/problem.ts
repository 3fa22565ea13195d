import { HttpException } from '@nestjs/common';
import { databaseUnavailability } from '../../database/failures/unavailable.js';
import { AppError, type AppErrorClass, type ErrorDefinition, type FieldError } from '../../kernel/errors/app-error.js';
import { ServiceUnavailable, unavailable } from '../../kernel/errors/service-unavailable.js';
import {
  HeadersTooLarge,
  InternalError,
  MalformedRequest,
  PayloadTooLarge,
  RequestTimedOut,
  RouteNotFound,
  statusOf,
  UnsupportedMediaType,
  UriTooLong,
} from '../errors/http.errors.js';

/** Seconds a client is asked to wait when the error itself does not know better. */
const RETRY_AFTER_SECONDS = 1;

/** RFC 9457, section 3, with the extension members every problem of this API has. */
export type Problem = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  traceId: string;
  requestId: string;
  errors?: readonly FieldError[];
}>;

export type Occurrence = Readonly<{ instance: string; traceId: string; requestId: string }>;

/** What frameworks throw has a status and no code of ours. */
const ERROR_OF_STATUS: Readonly<Record<number, AppErrorClass>> = {
  400: MalformedRequest,
  404: RouteNotFound,
  408: RequestTimedOut,
  413: PayloadTooLarge,
  414: UriTooLong,
  415: UnsupportedMediaType,
  431: HeadersTooLarge,
  503: ServiceUnavailable,
};

/** Everything thrown becomes one of our errors. A database that is away is a 503; an unforeseen error is a 500 that gives nothing away. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;

  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  const Known = typeof status === 'number' ? ERROR_OF_STATUS[status] : undefined;
  if (Known) return new Known(undefined, { cause: error });

  const reason = databaseUnavailability(error);
  return reason ? unavailable(reason, { cause: error }) : new InternalError(undefined, { cause: error });
}

export const slugOf = ({ code }: ErrorDefinition): string => code.toLowerCase().replaceAll('_', '-');

export function toProblem(
  { definition, message, errors }: AppError,
  publicUrl: string,
  occurrence: Occurrence,
): Problem {
  return {
    type: `${publicUrl}/errors/${slugOf(definition)}`,
    title: definition.title,
    status: statusOf(definition),
    detail: message,
    instance: occurrence.instance,
    code: definition.code,
    traceId: occurrence.traceId,
    requestId: occurrence.requestId,
    ...(errors && { errors }),
  };
}

/** The headers a status obliges us to send: RFC 9110 section 11.6.1 and section 10.2.3, RFC 6750 section 3. */
export function problemHeaders({ definition, retryAfterSeconds }: AppError): Record<string, string> {
  const { kind, code } = definition;
  if (kind === 'unauthenticated') {
    return {
      'www-authenticate':
        code === 'AUTHENTICATION_REQUIRED' ? 'Bearer realm="api"' : 'Bearer realm="api", error="invalid_token"',
    };
  }
  if (retryAfterSeconds !== undefined || kind === 'unavailable' || kind === 'too-many-requests') {
    return { 'retry-after': String(retryAfterSeconds ?? RETRY_AFTER_SECONDS) };
  }
  return {};
}
