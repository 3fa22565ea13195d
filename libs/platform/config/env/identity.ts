import { z } from 'zod';
import { json } from '../values/json.js';
import { seconds, secondsOrNone } from '../values/numbers.js';
import { oidcProviders, redirectUris } from '../values/oidc.js';
import { signingKeys } from '../values/signing-key.js';
import { webAddress } from '../values/urls.js';
import { list, secret } from './marks.js';

/** Every process remembers ended sessions for as long, and services that verify tokens by themselves trust them for as long. */
const LONGEST_ACCESS_TTL_SECONDS = 3_600;

/** Tokens, sessions, providers. */
export const identityVariables = {
  APP_SECRET: z
    .string()
    .min(32)
    .meta(secret('sample-secret-change-me-sample-secret'))
    .describe('Key material for cursors, refresh tokens and CSRF tokens; at least 32 characters, made at random.'),
  AUTH_SIGNING_KEYS: json('must be a JSON Web Key Set')
    .pipe(z.object({ keys: signingKeys }))
    .meta(secret('made by npm start'))
    .describe('JSON Web Key Set; the first key signs access tokens, all of them verify.'),
  AUTH_ISSUER: webAddress.optional().describe('`iss` of access tokens. Default: PUBLIC_URL.'),
  AUTH_AUDIENCE: z.string().default('api').describe('`aud` of access tokens.'),
  AUTH_ACCESS_TTL: seconds
    .max(LONGEST_ACCESS_TTL_SECONDS)
    .default(600)
    .describe('Life of an access token, in seconds: no longer than a session may be idle.'),
  AUTH_REFRESH_TTL: seconds.default(2_592_000).describe('Absolute life of a session, in seconds.'),
  AUTH_REFRESH_IDLE_TTL: seconds.default(1_209_600).describe('A session unused for this long ends, in seconds.'),
  AUTH_REFRESH_LEEWAY: secondsOrNone
    .default(10)
    .describe('How long the previous refresh token still answers with its successor, in seconds; 0 is strict.'),

  OIDC_PROVIDERS: oidcProviders
    .default([])
    .meta(secret())
    .describe(
      'OpenID providers people sign in with: JSON, ' +
        '`[{"id", "name", "issuer", "clientId", "clientSecret"?, "scopes"?, "nativeClientIds"?, "responseMode"?, "tenants"?, ' +
        '"emailVerifiedClaim"?, "trustsEmail"?}]`. Each calls back at PUBLIC_URL/v1/auth/oidc/<id>/callback. ' +
        'docs/providers has what common providers need.',
    ),
  OIDC_REDIRECT_URIS: list
    .pipe(redirectUris)
    .default([])
    .describe(
      'Where a sign-in at a provider may send the browser when it is done, separated by commas; compared character by character. ' +
        'Our own page, PUBLIC_URL/sign-in, need not be among them.',
    ),
};
