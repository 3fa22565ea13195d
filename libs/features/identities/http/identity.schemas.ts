import { z } from 'zod';
import { transport } from '#platform/auth/requests/session-transport.js';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { pathId } from '#platform/http/input/path-id.js';

/** RFC 7636, section 4.2: S256 is the only method, so it need not be named. */
const codeChallenge = z
  .string()
  .regex(/^[\w-]{43}$/, 'Expected the base64url of a SHA-256 digest')
  .meta({
    description: 'PKCE: base64url(SHA-256(code verifier)).',
    examples: ['E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  });
/** RFC 7636, section 4.1. */
const codeVerifier = z
  .string()
  .regex(/^[\w.~-]{43,128}$/, 'Expected 43 to 128 letters, digits and -._~')
  .meta({ examples: ['dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'] });
const code = z
  .string()
  .min(1)
  .max(4_000)
  .meta({ examples: ['SplxlOBeZQQYbYS6WxSbIA'] });

export const providerParams = z.object({
  provider: z
    .string()
    .min(1)
    .max(50)
    .meta({ examples: ['google'] }),
});
export type ProviderParams = z.infer<typeof providerParams>;

export const startQuery = z.strictObject({
  redirectUri: z
    .string()
    .min(1)
    .max(2_000)
    .meta({ description: 'One of OIDC_REDIRECT_URIS.', examples: ['https://app.example.com/signed-in'] }),
  codeChallenge,
});
export type StartQuery = z.infer<typeof startQuery>;

/** With whatever providers add of their own. openid-client checks all of them later. */
const state = z
  .string()
  .min(1)
  .max(4_000)
  .meta({ examples: ['af0ifjsldkj'] });
export const callbackQuery = z.looseObject({ state });
export type CallbackQuery = z.infer<typeof callbackQuery>;

export const callbackForm = z.object({ state }).catchall(z.string()).meta({ id: 'OidcCallbackForm' });
export type CallbackForm = z.infer<typeof callbackForm>;

export const exchangeBody = z.strictObject({ code, codeVerifier, transport }).meta({ id: 'ExchangeBody' });
export type ExchangeBody = z.infer<typeof exchangeBody>;

export const idTokenBody = z
  .strictObject({
    idToken: z
      .string()
      .min(1)
      .max(16_000)
      .meta({ examples: ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIyNDgyODkifQ.c2lnbmF0dXJl'] }),
    nonce: z
      .string()
      .min(1)
      .max(500)
      .meta({
        description: 'What the app put into its request to the provider: random, and new for each sign-in.',
        examples: ['n-0S6_WzA2Mj'],
      }),
  })
  .meta({ id: 'IdTokenBody' });
export type IdTokenBody = z.infer<typeof idTokenBody>;

export const linkBody = z.strictObject({ code, codeVerifier }).meta({ id: 'LinkBody' });
export type LinkBody = z.infer<typeof linkBody>;

export const providerResponse = z
  .object({ id: z.string().meta({ examples: ['google'] }), name: z.string().meta({ examples: ['Google'] }) })
  .meta({ id: 'Provider' });

export const identityResponse = z
  .object({
    id: z.uuid(),
    provider: z
      .string()
      .nullable()
      .meta({ description: 'Null when nobody can sign in there any more.', examples: ['google'] }),
    issuer: z.string().meta({ examples: ['https://accounts.google.com'] }),
    email: z
      .string()
      .nullable()
      .meta({ description: 'The address at the provider when it was linked.', examples: ['ada@example.com'] }),
    createdAt: timestamp,
  })
  .meta({ id: 'Identity' });

export const identityParams = z.strictObject({ id: pathId });
export type IdentityParams = z.infer<typeof identityParams>;
