import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';

/* Commands run it from source, so it imports nothing of ours. */

export const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];
/** Every verifier knows it; the default ones of Spring and of others do not know EdDSA. */
export const DEFAULT_ALGORITHM: Algorithm = 'ES256';

export type NewSigningKey = Readonly<
  { kty: string; kid: string; alg: Algorithm; use: 'sig' } & Record<string, unknown>
>;

const GENERATE: Readonly<Record<Algorithm, () => KeyObject>> = {
  EdDSA: () => generateKeyPairSync('ed25519').privateKey,
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};

/** A private JSON Web Key (RFC 7517); its id is its thumbprint (RFC 7638). */
export function newSigningKey(alg: Algorithm): NewSigningKey {
  const { kty = '', ...members } = GENERATE[alg]().export({ format: 'jwk' });
  const { crv, e, n, x, y } = members;
  // In the order that is hashed; members that a kind of key has not are left out.
  const identity = JSON.stringify({ crv, e, kty, n, x, y });
  return { ...members, kty, kid: createHash('sha256').update(identity).digest('base64url'), alg, use: 'sig' };
}
