import { defineError } from '../kernel/errors/app-error.js';

export const AuthenticationRequired = defineError({
  kind: 'unauthenticated',
  code: 'AUTHENTICATION_REQUIRED',
  title: 'You have to sign in first',
  help: 'Send an access token or an API key: Authorization: Bearer <token>.',
});

/** One code for everything that is wrong with a token: what exactly it was helps nobody but the one who forged it. */
export const AccessTokenInvalid = defineError({
  kind: 'unauthenticated',
  code: 'ACCESS_TOKEN_INVALID',
  title: 'The access token is not valid',
  help: 'Sign in again.',
});

export const AccessTokenExpired = defineError({
  kind: 'unauthenticated',
  code: 'ACCESS_TOKEN_EXPIRED',
  title: 'The access token has expired',
  help: 'Ask for a new one with the refresh token: POST /v1/auth/refresh.',
});

export const SessionEnded = defineError({
  kind: 'unauthenticated',
  code: 'SESSION_ENDED',
  title: 'The session has ended',
  help: 'Sign in again.',
});

export const ReauthenticationRequired = defineError({
  kind: 'forbidden',
  code: 'REAUTHENTICATION_REQUIRED',
  title: 'This needs proof that it is still you',
  help: 'Send `currentPassword` to POST /v1/auth/reauthenticate, or sign in again, and repeat this within five minutes.',
});

export const RefreshTokenInvalid = defineError({
  kind: 'unauthenticated',
  code: 'REFRESH_TOKEN_INVALID',
  title: 'The refresh token is not valid',
  help: 'Sign in again: the token is not one of ours, or its session is over.',
});

export const RefreshTokenReused = defineError({
  kind: 'unauthenticated',
  code: 'REFRESH_TOKEN_REUSED',
  title: 'The refresh token was used before',
  help: 'Sign in again: somebody may hold a copy of the token, so its session was ended.',
});

export const RefreshTokenMissing = defineError({
  kind: 'invalid',
  code: 'REFRESH_TOKEN_MISSING',
  title: 'There is no refresh token',
  help: 'Send it in the body, or sign in with `"transport": "cookie"` and send the cookie.',
});

export const OriginNotAllowed = defineError({
  kind: 'forbidden',
  code: 'ORIGIN_NOT_ALLOWED',
  title: 'Requests with cookies are not allowed from there',
  help: 'The page has to be served from PUBLIC_URL, WEB_URL or one of CORS_ORIGINS, on the site of the API, and its browser has to say so in Origin.',
});

export const CsrfTokenInvalid = defineError({
  kind: 'forbidden',
  code: 'CSRF_TOKEN_INVALID',
  title: 'The CSRF token is missing or not that of this session',
  help: 'Send the `csrfToken` of the sign-in in the X-CSRF-Token header.',
});
