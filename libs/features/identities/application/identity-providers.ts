import type { ExternalAccount } from '../domain/identity.js';

/** How the provider sends the browser back: with a query, or with a form that the browser posts from the provider's page. */
export type ResponseMode = 'query' | 'form_post';

export type Provider = Readonly<{ id: string; name: string; responseMode: ResponseMode }>;

/**
 * What is checked of a provider's answer: it ties the answer to the question. `codeVerifier` is sent to the provider only with the code (RFC 7636);
 * `nonce` is in the authorization request and must come back in the id_token.
 */
export type AuthorizationChecks = Readonly<{ state: string; nonce: string; codeVerifier: string }>;

export type VerifiedIdToken = Readonly<{
  account: ExternalAccount;
  expiresAt: Date;
  /** Header and payload. They tell whether a token was used before; the whole text does not, because one signature has several spellings. */
  signedPart: string;
}>;

/** The OpenID providers of the configuration. All methods with a provider's id: @throws OidcProviderNotFound, OidcProviderUnavailable */
export abstract class IdentityProviders {
  abstract list(): readonly Provider[];

  /** Null when nobody can sign in there any more. */
  abstract idOf(issuer: string): string | null;

  abstract get(provider: string): Provider;

  /** Where the browser signs in. */
  abstract authorizationUrl(provider: string, checks: AuthorizationChecks): Promise<string>;

  /**
   * Takes the parameters with which the provider sent the browser back, as a query.
   * @throws OidcSignInDenied, OidcSignInFailed
   */
  abstract redeem(provider: string, query: string, checks: AuthorizationChecks): Promise<ExternalAccount>;

  /** For apps that sign in without a browser. @throws IdTokenInvalid */
  abstract verify(provider: string, idToken: string, nonce: string): Promise<VerifiedIdToken>;
}
