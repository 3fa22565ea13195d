import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { ALGORITHMS, newSigningKey } from '../../libs/platform/config/values/new-signing-key.ts';
import { formatKeySet, parseKeySet, Refusal } from './key-set.ts';
import { withoutSecret } from './signing-key.ts';

describe.each(ALGORITHMS)('a key for %s', (alg) => {
  it('is named by its thumbprint', async () => {
    const key = newSigningKey(alg);

    expect(key.kid).toBe(await calculateJwkThumbprint(key));
  });

  it('keeps nothing secret in its public half', () => {
    const { kid, use, ...material } = withoutSecret(newSigningKey(alg));

    expect(
      Object.keys(material).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'since'].includes(member)),
    ).toEqual([]);
    expect([kid.length, use]).toEqual([43, 'sig']);
  });
});

describe('a set', () => {
  it('is read as it was written', () => {
    const set = { keys: [newSigningKey('EdDSA'), withoutSecret(newSigningKey('RS256'))] };

    expect(parseKeySet(formatKeySet(set))).toEqual(set);
  });

  const key = newSigningKey('EdDSA');

  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', 'very-secret'],
    ['null', 'null'],
    ['a key alone', JSON.stringify(key)],
    ['no keys', '{"keys": []}'],
    ['another algorithm', JSON.stringify({ keys: [{ ...key, alg: 'HS256' }] })],
    ['a key without a name', JSON.stringify({ keys: [{ ...key, kid: undefined }] })],
    ['a first key that cannot sign', JSON.stringify({ keys: [withoutSecret(key)] })],
    ['the same name twice', JSON.stringify({ keys: [key, key] })],
  ])('is refused when it is %s, and never repeated', (_, text) => {
    expect(() => parseKeySet(text)).toThrow(Refusal);
    expect(() => parseKeySet(text)).not.toThrow(/very-secret/);
    expect(() => parseKeySet(text)).not.toThrow(String(key.d));
  });
});
