import { describe, expect, it } from 'vitest';
import { AuthenticatedEncryption } from './authenticated-encryption.js';

const SECRET = 'only-for-tests-only-for-tests-only-for-tests';
const encryption = new AuthenticatedEncryption(SECRET, 'sign-in-attempts');

describe('encrypted text', () => {
  it('decrypts to what it was', () => {
    expect(encryption.decrypt(encryption.encrypt('Grüße, 世界', 'here'), 'here')).toBe('Grüße, 世界');
  });

  it('looks different each time', () => {
    expect(encryption.encrypt('same')).not.toBe(encryption.encrypt('same'));
  });

  it.each([
    ['in another context', () => encryption.decrypt(encryption.encrypt('text', 'here'), 'there')],
    [
      'for another purpose',
      () => new AuthenticatedEncryption(SECRET, 'sign-in-codes').decrypt(encryption.encrypt('text')),
    ],
    [
      'with another secret',
      () => new AuthenticatedEncryption(`${SECRET}!`, 'sign-in-attempts').decrypt(encryption.encrypt('text')),
    ],
    ['when a part is missing', () => encryption.decrypt(encryption.encrypt('text').slice(0, -4))],
    ['when it is empty', () => encryption.decrypt('')],
    ['when it is nonsense', () => encryption.decrypt('A'.repeat(100))],
    ['when it is spelled in another way', () => encryption.decrypt(`${encryption.encrypt('text')}=`)],
  ])('does not decrypt %s', (_, decrypt) => {
    expect(decrypt()).toBeNull();
  });

  it('does not decrypt when any bit of it was changed', () => {
    const bytes = Buffer.from(encryption.encrypt('text'), 'base64url');

    const decrypted = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return encryption.decrypt(changed.toString('base64url'));
    });

    expect(new Set(decrypted)).toEqual(new Set([null]));
  });
});
