import { errors } from 'jose';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { AppError } from '#platform/kernel/errors/app-error.js';
import { isOutboundFailure } from '#platform/outbound/outbound-failure.js';
import {
  IdTokenInvalid,
  OidcProviderUnavailable,
  OidcSignInDenied,
  OidcSignInFailed,
} from '../../domain/identity.errors.js';

/** The provider's own words for "not now" (RFC 6749, section 4.1.2.1). */
const NOT_NOW = ['server_error', 'temporarily_unavailable'];
/** No answer, or one that no provider in its right mind gives. */
const NO_ANSWER = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** Whatever openid-client and jose throw about a sign-in in the browser, in our words. The cause is for the log. */
export function toSignInFailure(cause: unknown): AppError {
  if (cause instanceof AppError && cause.definition !== IdTokenInvalid.definition) return cause;
  if (cause instanceof AuthorizationResponseError || cause instanceof ResponseBodyError) {
    if (NOT_NOW.includes(cause.error)) return new OidcProviderUnavailable(undefined, { cause });
    if (cause instanceof AuthorizationResponseError) return new OidcSignInDenied(undefined, { cause });
    return new OidcSignInFailed(undefined, { cause });
  }
  return isOutage(cause)
    ? new OidcProviderUnavailable(undefined, { cause })
    : new OidcSignInFailed(undefined, { cause });
}

/** The same for a token that an app has sent. */
export function toTokenFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return isOutage(cause) ? new OidcProviderUnavailable(undefined, { cause }) : new IdTokenInvalid(undefined, { cause });
}

function isOutage(error: unknown): boolean {
  if (isOutboundFailure(error)) return true;
  if (error instanceof ClientError) return NO_ANSWER.includes(error.code ?? '');
  // jose has no code of its own for keys that could not be had.
  return (
    error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  );
}
