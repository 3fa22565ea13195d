import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type TokenEndpointResponse,
} from 'openid-client';
import { Config } from '#platform/config/config.js';
import type {
  AuthorizationChecks,
  IdentityProviders,
  Provider,
  VerifiedIdToken,
} from '../../application/identity-providers.js';
import { OidcProviderNotFound } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { nameInForm, toExternalAccount } from './external-claims.js';
import { CLOCK_TOLERANCE_SECONDS, type IdTokenClaims, IdTokenVerifier, MAX_AGE_SECONDS } from './id-token-verifier.js';
import { speaksFor } from './issuers.js';
import { ProviderClient } from './provider-client.js';
import { toSignInFailure, toTokenFailure } from './provider-failures.js';

type Entry = Readonly<{ client: ProviderClient; idTokens: IdTokenVerifier; callbackUrl: string }>;

/** Speaks OpenID Connect with the providers of OIDC_PROVIDERS. */
@Injectable()
export class OpenIdProviders implements IdentityProviders, OnApplicationBootstrap {
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

  /** Nobody waits for it: a provider that is down stops no start. But what is wrong with the settings is said now, and not to people. */
  onApplicationBootstrap(): void {
    for (const { client } of this.entries.values()) {
      client.configuration().catch(({ cause, message }: Error) => {
        new Logger('Oidc').warn(
          `Nobody can sign in with "${client.settings.id}" yet. ${cause instanceof Error ? cause.message : message}`,
        );
      });
    }
  }

  list(): Provider[] {
    return [...this.entries.values()].map(({ client }) => client.settings);
  }

  get(provider: string): Provider {
    return this.entry(provider).client.settings;
  }

  idOf(issuer: string): string | null {
    return [...this.entries].find(([, { client }]) => speaksFor(client.settings, issuer))?.[0] ?? null;
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
      ...(client.settings.responseMode === 'form_post' && { response_mode: 'form_post' }),
    });
    return url.href;
  }

  async redeem(
    provider: string,
    query: string,
    { state, nonce, codeVerifier }: AuthorizationChecks,
  ): Promise<ExternalAccount> {
    const { client, idTokens, callbackUrl } = this.entry(provider);
    const configuration = await client.configuration();
    try {
      // Checks state and issuer of the answer. Of the id_token it checks everything but the signature.
      const tokens = await authorizationCodeGrant(configuration, new URL(`${callbackUrl}?${query}`), {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = await idTokens.verify(tokens.id_token ?? '', { nonce, clientIds: [client.settings.clientId] });
      const more = await moreClaims(configuration, tokens, claims);
      return toExternalAccount({ ...more, ...nameInForm(query), ...claims }, client.settings);
    } catch (error) {
      throw toSignInFailure(error);
    }
  }

  async verify(provider: string, idToken: string, nonce: string): Promise<VerifiedIdToken> {
    const {
      idTokens,
      client: { settings },
    } = this.entry(provider);
    try {
      const claims = await idTokens.verify(idToken, {
        nonce,
        clientIds: [settings.clientId, ...settings.nativeClientIds],
      });
      return {
        account: toExternalAccount(claims, settings),
        expiresAt: endOf(claims),
        signedPart: idToken.slice(0, idToken.lastIndexOf('.')),
      };
    } catch (error) {
      throw toTokenFailure(error);
    }
  }

  private entry(provider: string): Entry {
    const entry = this.entries.get(provider);
    if (!entry) throw new OidcProviderNotFound();
    return entry;
  }
}

/** Many providers put no e-mail into an id_token that comes with an access token (OpenID Connect Core, section 5.4). */
async function moreClaims(
  configuration: Configuration,
  tokens: TokenEndpointResponse,
  { email, sub = '' }: IdTokenClaims,
): Promise<object> {
  const hasMore = email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
  return hasMore ? fetchUserInfo(configuration, tokens.access_token, sub) : {};
}

/** Its own end may lie centuries ahead; ours does not. */
function endOf({ exp = 0, iat = 0 }: IdTokenClaims): Date {
  return new Date((Math.min(exp, iat + MAX_AGE_SECONDS) + CLOCK_TOLERANCE_SECONDS) * 1000);
}
