import { createRemoteJWKSet, customFetch, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { OidcProvider } from '#platform/config/values/oidc.js';
import { IdTokenInvalid, OidcProviderUnavailable } from '../../domain/identity.errors.js';
import { isAuthorizedParty } from './authorized-party.js';
import { isOfItsTenant, speaksFor } from './issuers.js';
import { type ProviderClient, TIMEOUT_SECONDS } from './provider-client.js';

/** Asymmetric ones only: if HS256 were allowed, anybody could sign with the provider's public key as the secret (RFC 8725, section 2.1). */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Apps send a token as soon as they have it, but providers may hand out the same one again for an hour. */
export const MAX_AGE_SECONDS = 3_600;
export const CLOCK_TOLERANCE_SECONDS = 30;
/** Keys are asked for again when a token names an unknown one, though no more often: a provider may rotate them without a word. */
const ASK_AGAIN_AFTER_MS = 2_000;

export type IdTokenClaims = JWTPayload & Readonly<{ iss: string }>;
type Expected = Readonly<{ nonce: string; clientIds: readonly string[] }>;

/** OpenID Connect Core, section 3.1.3.7, for every id_token, however it came. */
export class IdTokenVerifier {
  private keys: { at: string; find: JWTVerifyGetKey } | undefined;

  constructor(
    private readonly client: ProviderClient,
    private readonly settings: OidcProvider = client.settings,
  ) {}

  /** @throws IdTokenInvalid, OidcProviderUnavailable, and what jose throws about a token or the keys it needs */
  async verify(idToken: string, { nonce, clientIds }: Expected): Promise<IdTokenClaims> {
    const { issuer, jwks_uri: keysAt } = (await this.client.configuration()).serverMetadata();
    if (keysAt === undefined) throw new OidcProviderUnavailable('The provider publishes no keys.');

    const { payload } = await jwtVerify<{ iss: string }>(idToken, this.keysOf(keysAt), {
      audience: [...clientIds],
      algorithms: ALGORITHMS,
      requiredClaims: ['iss', 'sub', 'iat', 'exp', 'nonce'],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    const isFromHere = this.settings.tenants
      ? speaksFor(this.settings, payload.iss) && isOfItsTenant(payload)
      : payload.iss === issuer;
    if (!isFromHere || payload.nonce !== nonce || !isAuthorizedParty(payload, clientIds)) throw new IdTokenInvalid();
    return payload;
  }

  private keysOf(at: string): JWTVerifyGetKey {
    const options = {
      timeoutDuration: TIMEOUT_SECONDS * 1000,
      cooldownDuration: ASK_AGAIN_AFTER_MS,
      [customFetch]: this.client.fetch,
    };
    if (this.keys?.at !== at) this.keys = { at, find: createRemoteJWKSet(new URL(at), options) };
    return this.keys.find;
  }
}
