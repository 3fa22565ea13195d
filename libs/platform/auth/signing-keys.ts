import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';

export type SigningAlgorithm = 'EdDSA' | 'ES256' | 'RS256';
export type SigningKey = Readonly<{ kid: string; alg: SigningAlgorithm; key: KeyObject }>;

/** What anybody may know of a key, by key type (RFC 7518, section 6; RFC 8037, section 2). Everything else stays here. */
const PUBLIC_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'x'],
  EC: ['crv', 'x', 'y'],
  RSA: ['n', 'e'],
};

/** The keys of access tokens: the first signs, all of them verify. */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  /** JSON Web Key Set (RFC 7517, section 5) with public members only. */
  readonly publicKeySet: Readonly<{ keys: readonly JsonWebKey[] }>;
  private readonly verifying: ReadonlyMap<string, SigningKey>;

  constructor({ AUTH_SIGNING_KEYS: { keys } }: Config) {
    const [first] = keys;
    if (first === undefined) throw new Error('AUTH_SIGNING_KEYS: there is no key.');
    this.current = { kid: first.kid, alg: first.alg, key: privateKeyOf(first) };
    this.publicKeySet = { keys: keys.map(publicPartOf) };
    this.verifying = new Map(keys.map((jwk) => [jwk.kid, { kid: jwk.kid, alg: jwk.alg, key: publicKeyOf(jwk) }]));
    if (this.verifying.size < keys.length) throw new Error('AUTH_SIGNING_KEYS: two keys have the same kid.');
  }

  /** The key that verifies what `kid` signed. */
  find(kid: string): SigningKey | undefined {
    return this.verifying.get(kid);
  }
}

type Jwk = Config['AUTH_SIGNING_KEYS']['keys'][number];

function publicPartOf(jwk: Jwk): JsonWebKey {
  const { kty, kid, alg } = jwk;
  const members = (PUBLIC_MEMBERS[kty] ?? []).map((name) => [name, jwk[name]]);
  return { kty, ...Object.fromEntries(members), kid, alg, use: 'sig' };
}

function publicKeyOf(jwk: Jwk): KeyObject {
  return load(jwk, () => createPublicKey({ key: publicPartOf(jwk), format: 'jwk' }));
}

function privateKeyOf(jwk: Jwk): KeyObject {
  return load(jwk, () => createPrivateKey({ key: jwk, format: 'jwk' }));
}

/** @throws naming the key, never its contents */
function load({ kid, alg }: Jwk, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new Error(`AUTH_SIGNING_KEYS: the key "${kid}" cannot be read.`);
  }
  if (!fits(key, alg)) throw new Error(`AUTH_SIGNING_KEYS: the key "${kid}" is not one for ${alg}.`);
  return key;
}

function fits({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject, alg: SigningAlgorithm): boolean {
  if (alg === 'EdDSA') return type === 'ed25519';
  if (alg === 'ES256') return type === 'ec' && details.namedCurve === 'prime256v1';
  return type === 'rsa' && (details.modulusLength ?? 0) >= 2048;
}
