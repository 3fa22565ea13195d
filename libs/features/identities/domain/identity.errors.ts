import { defineError } from '#platform/kernel/errors/app-error.js';

export const OidcProviderNotFound = defineError({
  kind: 'not-found',
  code: 'OIDC_PROVIDER_NOT_FOUND',
  title: 'There is no such sign-in provider',
  help: 'Take an id from GET /v1/auth/oidc/providers.',
});

export const OidcProviderUnavailable = defineError({
  kind: 'unavailable',
  code: 'OIDC_PROVIDER_UNAVAILABLE',
  title: 'The sign-in provider does not answer',
  help: 'Try again after the time in Retry-After, or sign in another way: passwords and other providers still work.',
});

export const RedirectUriNotAllowed = defineError({
  kind: 'invalid',
  code: 'REDIRECT_URI_NOT_ALLOWED',
  title: 'The redirect URI is not on the list',
  help: 'Use one of OIDC_REDIRECT_URIS, character by character.',
});

export const OidcStateInvalid = defineError({
  kind: 'malformed',
  code: 'OIDC_STATE_INVALID',
  title: 'The sign-in was not begun in this browser, was finished before, or took too long',
  help: 'Start the sign-in again, in this browser and with cookies allowed.',
  isFailedAuthentication: true,
});

export const OidcSignInDenied = defineError({
  kind: 'forbidden',
  code: 'OIDC_SIGN_IN_DENIED',
  title: 'The provider did not sign anybody in',
  help: 'Start again, and allow it at the provider.',
});

export const OidcSignInFailed = defineError({
  kind: 'unauthenticated',
  code: 'OIDC_SIGN_IN_FAILED',
  title: 'The answer of the provider does not prove a sign-in',
  help: 'Start the sign-in again.',
});

export const SignInCodeInvalid = defineError({
  kind: 'unauthenticated',
  code: 'SIGN_IN_CODE_INVALID',
  title: 'The code is not valid, was used before, is too old, or was asked for by somebody else',
  help: 'Start the sign-in again. A code works once, for 60 seconds, with the verifier of its challenge.',
});

/** One code for everything that is wrong with a token: what exactly it was helps nobody but the one who forged it. */
export const IdTokenInvalid = defineError({
  kind: 'unauthenticated',
  code: 'ID_TOKEN_INVALID',
  title: 'The id_token is not valid or was used before',
  help: 'Sign in at the provider again, with a new nonce.',
});

export const IdentityNotLinked = defineError({
  kind: 'conflict',
  code: 'IDENTITY_NOT_LINKED',
  title: 'This external account leads to no account here',
  help:
    'Neither side vouches for a common e-mail address. If you have an account, sign in as you did before, run the sign-in of this ' +
    'provider again and send its code to POST /v1/me/identities (apps: the id_token to POST /v1/me/identities/<provider>/id-token). ' +
    'If you have none, verify the address at the provider, or register with a password.',
  isFailedAuthentication: true,
});

export const SignInContended = defineError({
  kind: 'unavailable',
  code: 'SIGN_IN_CONTENDED',
  title: 'Others change the same account at this moment',
  help: 'Start the sign-in again.',
});

export const IdentityLinkedElsewhere = defineError({
  kind: 'conflict',
  code: 'IDENTITY_LINKED_ELSEWHERE',
  title: 'The external account belongs to another account here',
  help: 'Sign in with it to get to that account, and unlink it there first.',
});

export const IdentityNotFound = defineError({
  kind: 'not-found',
  code: 'IDENTITY_NOT_FOUND',
  title: 'There is no such identity',
  help: 'Take an id from GET /v1/me/identities.',
});

export const LastSignInMethod = defineError({
  kind: 'conflict',
  code: 'LAST_SIGN_IN_METHOD',
  title: 'It is the last way to sign in',
  help: 'Link another provider or set a password first: POST /v1/auth/password/forgot.',
});
