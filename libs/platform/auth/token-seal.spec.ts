import { describe, expect, it } from '@jest/globals';
import { newId } from '../kernel/ids.js';
import { TokenSeal } from './token-seal.js';

const SECRET = 'only-for-tests-only-for-tests-only-for-tests';
const seal = new TokenSeal(SECRET, 'refresh-tokens');

/** The last character of 52 bytes in base64url carries two bits; the other four may say anything. */
const respelled = (token: string): string[] =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((last) => token.slice(0, -1) + last)
    .filter((other) => other !== token && Buffer.from(other, 'base64url').equals(Buffer.from(token, 'base64url')));

describe('TokenSeal', () => {
  it('opens what it sealed', () => {
    const id = newId();

    expect(seal.open(seal.seal(id, 4_294_967_295))).toEqual({ id, counter: 4_294_967_295 });
  });

  it('makes the same token for the same row and number, and another one for any other', () => {
    const id = newId();

    expect(seal.seal(id, 7)).toBe(seal.seal(id, 7));
    expect(new Set([seal.seal(id, 7), seal.seal(id, 8), seal.seal(newId(), 7)]).size).toBe(3);
  });

  it('makes tokens that fit into a URL', () => {
    expect(seal.seal(newId())).toMatch(/^[\w-]{70}$/);
  });

  it('refuses a token with any one character changed', () => {
    const token = seal.seal(newId(), 3);
    const changed = [...token].map((character, at) => token.slice(0, at) + (character === 'A' ? 'B' : 'A') + token.slice(at + 1));

    expect(changed.filter((other) => seal.open(other) !== null)).toEqual([]);
  });

  it('refuses other spellings of the same bytes', () => {
    const token = seal.seal(newId());

    expect(respelled(token)).toHaveLength(15);
    for (const other of [...respelled(token), `${token}=`, ` ${token}`, token.replaceAll('-', '+').replaceAll('_', '/').padEnd(72, '=')]) {
      expect(seal.open(other)).toBeNull();
    }
  });

  it.each([
    ['another secret', new TokenSeal(`${SECRET}!`, 'refresh-tokens')],
    ['another purpose', new TokenSeal(SECRET, 'email-verification')],
  ])('refuses a token made with %s', (_, other) => {
    expect(seal.open(other.seal(newId()))).toBeNull();
  });

  it.each(['', 'nonsense', '0190a1b2-0000-7000-8000-000000000001', 'A'.repeat(70), 'é'.repeat(70), 'A'.repeat(100_000)])('refuses %p', (token) => {
    expect(seal.open(token)).toBeNull();
  });
});
