import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { SigningKeys } from './signing-keys.js';

const keys: Record<string, KeyObject> = {
  EdDSA: generateKeyPairSync('ed25519').privateKey,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

const jwk = (key: KeyObject, alg: string, kid = alg) => ({ ...key.export({ format: 'jwk' }), alg, kid });
const signingKeys = (...jwks: object[]) =>
  new SigningKeys(loadEnv(aValidEnv({ AUTH_SIGNING_KEYS: JSON.stringify({ keys: jwks }) })));
const all = Object.entries(keys).map(([alg, key]) => jwk(key, alg));

describe('SigningKeys', () => {
  it('signs with the first key and verifies with every key', () => {
    const ours = signingKeys(...all);

    expect(ours.current).toMatchObject({ kid: 'EdDSA', alg: 'EdDSA' });
    expect(all.map(({ kid }) => ours.find(kid)?.alg)).toEqual(['EdDSA', 'ES256', 'RS256']);
    expect(ours.find('unknown')).toBeUndefined();
  });

  it('publishes the public members and nothing else', () => {
    const published = signingKeys(...all.map((key) => ({ ...key, key_ops: ['sign'], note: 'ours' }))).publicKeySet.keys;

    expect(published.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
      ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ]);
  });

  it('verifies with a key that only the public part is left of', () => {
    const { d: _, ...publicPart } = jwk(keys.ES256!, 'ES256', 'retired');

    expect(signingKeys(all[0]!, publicPart).find('retired')?.alg).toBe('ES256');
  });

  it.each([
    ['of another type', jwk(keys.RS256!, 'EdDSA')],
    ['on another curve', jwk(otherCurve, 'ES256')],
    ['that is too short', jwk(small, 'RS256')],
    ['that is damaged', { ...jwk(keys.ES256!, 'ES256'), x: 'nonsense' }],
  ])('refuses to start with a key %s', (_, key) => {
    expect(() => signingKeys(key)).toThrow(/AUTH_SIGNING_KEYS\.keys\.0: (is not a key for|cannot be read)/);
  });

  it('refuses to start with one kid for two keys', () => {
    expect(() => signingKeys(jwk(keys.EdDSA!, 'EdDSA', 'a'), jwk(keys.ES256!, 'ES256', 'a'))).toThrow(/same kid/);
  });
});
