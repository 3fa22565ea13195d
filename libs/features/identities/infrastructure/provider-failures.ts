import { errors } from 'jose';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { AppError } from '#platform/kernel/app-error.js';
import { IdTokenInvalid, OidcProviderUnavailable, OidcSignInDenied, OidcSignInFailed } from '../domain/identity.errors.js';

/** The provider's own words for "not now" (RFC 6749, section 4.1.2.1). */
const NOT_NOW = ['server_error', 'temporarily_unavailable'];
/** No answer, or one that no provider in its right mind gives. */
const NO_ANSWER = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** Whatever openid-client throws, in our words. The cause is for the log. */
export function toSignInFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof AuthorizationResponseError || cause instanceof ResponseBodyError) {
    if (NOT_NOW.includes(cause.error)) return new OidcProviderUnavailable(undefined, { cause });
    if (cause instanceof AuthorizationResponseError) return new OidcSignInDenied(undefined, { cause });
    return new OidcSignInFailed(undefined, { cause });
  }
  return isOutage(cause) ? new OidcProviderUnavailable(undefined, { cause }) : new OidcSignInFailed(undefined, { cause });
}

/** Whatever jose throws about a token, or about the keys it needs. */
export function toTokenFailure(cause: unknown): AppError {
  const isKeysMissing = cause instanceof errors.JWKSTimeout || (cause instanceof errors.JOSEError && cause.code === 'ERR_JOSE_GENERIC');
  return isKeysMissing || isOutage(cause) ? new OidcProviderUnavailable(undefined, { cause }) : new IdTokenInvalid(undefined, { cause });
}

function isOutage(error: unknown): boolean {
  if (error instanceof ClientError) return NO_ANSWER.includes(error.code ?? '');
  // What fetch throws when there is no connection.
  return error instanceof TypeError && error.cause !== undefined;
}
