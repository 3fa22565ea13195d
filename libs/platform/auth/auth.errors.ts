import { defineError } from '../kernel/app-error.js';

export const AuthenticationRequired = defineError({
  kind: 'unauthenticated',
  code: 'AUTHENTICATION_REQUIRED',
  title: 'You have to sign in first',
  help: 'Send an access token: Authorization: Bearer <token>.',
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
