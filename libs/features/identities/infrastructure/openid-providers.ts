import { Injectable } from '@nestjs/common';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  fetchUserInfo,
  type IDToken,
} from 'openid-client';
import { Config } from '#platform/config/config.js';
import type { AuthorizationChecks, IdentityProviders, Provider, VerifiedIdToken } from '../application/identity-providers.js';
import { OidcProviderNotFound, OidcSignInFailed } from '../domain/identity.errors.js';
import type { ExternalAccount } from '../domain/identity.js';
import { isAuthorizedParty } from './authorized-party.js';
import { toExternalAccount } from './external-claims.js';
import { IdTokenVerifier } from './id-token-verifier.js';
import { ProviderClient } from './provider-client.js';
import { toSignInFailure } from './provider-failures.js';
import { isSameIssuer } from './same-issuer.js';

type Entry = Readonly<{ client: ProviderClient; idTokens: IdTokenVerifier; callbackUrl: string }>;

/** Speaks OpenID Connect with the providers of OIDC_PROVIDERS. */
@Injectable()
export class OpenIdProviders implements IdentityProviders {
  private readonly entries: ReadonlyMap<string, Entry>;

  constructor({ OIDC_PROVIDERS, PUBLIC_URL }: Config) {
    this.entries = new Map(
      OIDC_PROVIDERS.map((settings) => {
        const client = new ProviderClient(settings);
        const callbackUrl = `${PUBLIC_URL}/v1/auth/oidc/${settings.id}/callback`;
        return [settings.id, { client, idTokens: new IdTokenVerifier(client), callbackUrl }];
      }),
    );
  }

  list(): Provider[] {
    return [...this.entries.values()].map(({ client: { settings } }) => ({ id: settings.id, name: settings.name }));
  }

  idOf(issuer: string): string | null {
    return [...this.entries].find(([, { client }]) => isSameIssuer(client.settings.issuer, issuer))?.[0] ?? null;
  }

  async authorizationUrl(provider: string, { state, nonce, codeVerifier }: AuthorizationChecks): Promise<string> {
    const { client, callbackUrl } = this.entry(provider);
    const url = buildAuthorizationUrl(await client.configuration(), {
      redirect_uri: callbackUrl,
      scope: client.settings.scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  async redeem(provider: string, query: string, { state, nonce, codeVerifier }: AuthorizationChecks): Promise<ExternalAccount> {
    const { client, callbackUrl } = this.entry(provider);
    const configuration = await client.configuration();
    try {
      // Checks state and issuer of the answer, and of the id_token signature, issuer, audience, times and nonce.
      const tokens = await authorizationCodeGrant(configuration, new URL(`${callbackUrl}?${query}`), {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims || !isAuthorizedParty(claims, [client.settings.clientId])) throw new OidcSignInFailed();
      return await accountOf(configuration, tokens.access_token, claims);
    } catch (error) {
      throw toSignInFailure(error);
    }
  }

  verify(provider: string, idToken: string, nonce: string): Promise<VerifiedIdToken> {
    return this.entry(provider).idTokens.verify(idToken, nonce);
  }

  private entry(provider: string): Entry {
    const entry = this.entries.get(provider);
    if (!entry) throw new OidcProviderNotFound();
    return entry;
  }
}

/** Many providers put no e-mail into an id_token that comes with an access token (OpenID Connect Core, section 5.4). */
async function accountOf(configuration: Configuration, accessToken: string, claims: IDToken): Promise<ExternalAccount> {
  const { issuer, userinfo_endpoint: hasMore } = configuration.serverMetadata();
  const more = claims.email === undefined && hasMore ? await fetchUserInfo(configuration, accessToken, claims.sub) : {};
  return toExternalAccount(issuer, { ...more, ...claims });
}
