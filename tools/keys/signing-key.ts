import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';

export const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];
/** Every verifier knows it; the default ones of Spring and of others do not know EdDSA. */
export const DEFAULT_ALGORITHM: Algorithm = 'ES256';

/** A JSON Web Key (RFC 7517). `since` is ours: when it took the place in the set that it has now. */
export type SigningKey = Readonly<{ kty: string; kid: string; alg: string; since?: string } & Record<string, unknown>>;

const GENERATE: Readonly<Record<Algorithm, () => KeyObject>> = {
  EdDSA: () => generateKeyPairSync('ed25519').privateKey,
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};

/** What identifies a key, in the order RFC 7638 hashes it in, and all that is needed to verify with it. */
const PUBLIC_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'kty', 'x'],
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
};

/** A private key; its id is its thumbprint (RFC 7638). */
export function newSigningKey(alg: Algorithm): SigningKey {
  const jwk = GENERATE[alg]().export({ format: 'jwk' });
  const kty = jwk.kty ?? '';
  const kid = createHash('sha256').update(JSON.stringify(only(PUBLIC_MEMBERS[kty] ?? [], jwk))).digest('base64url');
  return { ...jwk, kty, kid, alg, use: 'sig' };
}

export const canSign = (key: SigningKey): boolean => 'd' in key;

/** The half that verifies: what has stopped signing needs no secret any more. */
export function withoutSecret(key: SigningKey): SigningKey {
  const { kty, kid, alg } = key;
  return { ...only(PUBLIC_MEMBERS[kty] ?? [], key), kty, kid, alg, use: 'sig' };
}

function only(names: readonly string[], key: object): object {
  return Object.fromEntries(names.map((name) => [name, (key as Record<string, unknown>)[name]]));
}
