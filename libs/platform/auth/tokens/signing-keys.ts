import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type PublicJwk, privateKeyOf, publicKeyOf, publicPartOf } from '../../config/values/signing-key.js';

type SigningAlgorithm = 'EdDSA' | 'ES256' | 'RS256';
export type SigningKey = Readonly<{ kid: string; alg: SigningAlgorithm; key: KeyObject }>;

/** The keys of access tokens: the first signs, all of them verify. The configuration has seen that each can be loaded. */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  /** JSON Web Key Set (RFC 7517, section 5) with public members only. */
  readonly publicKeySet: Readonly<{ keys: readonly PublicJwk[] }>;
  private readonly verifying: ReadonlyMap<string, SigningKey>;

  constructor({ AUTH_SIGNING_KEYS: { keys } }: Config) {
    const [first] = keys;
    if (first === undefined) throw new Error('AUTH_SIGNING_KEYS: there is no key.');
    this.current = { kid: first.kid, alg: first.alg, key: privateKeyOf(first) };
    this.publicKeySet = { keys: keys.map(publicPartOf) };
    this.verifying = new Map(keys.map((jwk) => [jwk.kid, { kid: jwk.kid, alg: jwk.alg, key: publicKeyOf(jwk) }]));
  }

  /** The key that verifies what `kid` signed. */
  find(kid: string): SigningKey | undefined {
    return this.verifying.get(kid);
  }
}
