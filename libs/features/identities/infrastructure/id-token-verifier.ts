import { createRemoteJWKSet, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { VerifiedIdToken } from '../application/identity-providers.js';
import { IdTokenInvalid, OidcProviderUnavailable } from '../domain/identity.errors.js';
import { isAuthorizedParty } from './authorized-party.js';
import { toExternalAccount } from './external-claims.js';
import { type ProviderClient, TIMEOUT_SECONDS } from './provider-client.js';
import { toTokenFailure } from './provider-failures.js';

/** Asymmetric ones only: if HS256 were allowed, anybody could sign with the provider's public key as the secret (RFC 8725, section 2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Apps send a token as soon as they have it, but providers may hand out the same one again for an hour. */
const MAX_AGE_SECONDS = 3_600;
const CLOCK_TOLERANCE_SECONDS = 30;

/** OpenID Connect Core, section 3.1.3.7, for id_tokens that come from an app and not from the provider itself. */
export class IdTokenVerifier {
  private keys: { at: string; find: JWTVerifyGetKey } | undefined;

  constructor(private readonly client: ProviderClient) {}

  /** @throws IdTokenInvalid, OidcProviderUnavailable */
  async verify(idToken: string, nonce: string): Promise<VerifiedIdToken> {
    const { issuer, jwks_uri: keysAt } = (await this.client.configuration()).serverMetadata();
    if (keysAt === undefined) throw new OidcProviderUnavailable('The provider publishes no keys.');

    const payload = await this.checked(idToken, issuer, keysAt);
    if (payload.nonce !== nonce || !isAuthorizedParty(payload, this.clientIds)) throw new IdTokenInvalid();
    // Its own end may lie centuries ahead; ours does not.
    const end = Math.min(payload.exp ?? 0, (payload.iat ?? 0) + MAX_AGE_SECONDS);
    const expiresAt = new Date((end + CLOCK_TOLERANCE_SECONDS) * 1000);
    try {
      return { account: toExternalAccount(issuer, payload), expiresAt, signedPart: idToken.slice(0, idToken.lastIndexOf('.')) };
    } catch (cause) {
      throw new IdTokenInvalid(undefined, { cause });
    }
  }

  private async checked(idToken: string, issuer: string, keysAt: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(idToken, this.keysOf(keysAt), {
        issuer,
        audience: this.clientIds,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
        maxTokenAge: MAX_AGE_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return payload;
    } catch (error) {
      throw toTokenFailure(error);
    }
  }

  private get clientIds(): string[] {
    const { clientId, nativeClientIds } = this.client.settings;
    return [clientId, ...nativeClientIds];
  }

  /** Asks for the keys again when a token names an unknown one, though not more often than every 30 seconds. */
  private keysOf(at: string): JWTVerifyGetKey {
    if (this.keys?.at !== at) this.keys = { at, find: createRemoteJWKSet(new URL(at), { timeoutDuration: TIMEOUT_SECONDS * 1000 }) };
    return this.keys.find;
  }
}
