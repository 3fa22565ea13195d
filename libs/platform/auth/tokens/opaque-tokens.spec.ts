import { describe, expect, it } from 'vitest';
import { CREDENTIAL_PREFIX } from '../../kernel/access/credential-prefix.js';
import { newId } from '../../kernel/values/ids.js';
import { OpaqueTokens } from './opaque-tokens.js';

const SECRET = 'only-for-tests-only-for-tests-only-for-tests';
const REFRESH = { purpose: 'refresh-tokens', letters: 'rt' } as const;
const PREFIX = `${CREDENTIAL_PREFIX}rt_`;
const tokens = new OpaqueTokens(SECRET, REFRESH);

/** The last character of 52 bytes in base64url carries two bits; the other four may say anything. */
const respelled = (token: string): string[] => {
  const bytes = (text: string) => Buffer.from(text.slice(PREFIX.length), 'base64url');
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((last) => token.slice(0, -1) + last)
    .filter((other) => other !== token && bytes(other).equals(bytes(token)));
};

describe('OpaqueTokens', () => {
  it('know what they were issued for', () => {
    const id = newId();

    expect(tokens.verify(tokens.issue(id, 4_294_967_295))).toEqual({ id, counter: 4_294_967_295 });
  });

  it('are the same for the same row and number, and another one for any other', () => {
    const id = newId();

    expect(tokens.issue(id, 7)).toBe(tokens.issue(id, 7));
    expect(new Set([tokens.issue(id, 7), tokens.issue(id, 8), tokens.issue(newId(), 7)]).size).toBe(3);
  });

  it('fit into a URL, and say what they are', () => {
    expect(tokens.issue(newId())).toMatch(new RegExp(`^${PREFIX}[\\w-]{70}$`));
  });

  it('refuses a token with any one character changed', () => {
    const token = tokens.issue(newId(), 3);
    const changed = [...token].map(
      (character, at) => token.slice(0, at) + (character === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );

    expect(changed.filter((other) => tokens.verify(other) !== null)).toEqual([]);
  });

  it('refuses other spellings of the same bytes', () => {
    const token = tokens.issue(newId());

    expect(respelled(token)).toHaveLength(15);
    for (const other of [
      ...respelled(token),
      `${token}=`,
      ` ${token}`,
      token.replaceAll('-', '+').replaceAll('_', '/').padEnd(78, '='),
    ]) {
      expect(tokens.verify(other)).toBeNull();
    }
  });

  it.each([
    ['another secret', new OpaqueTokens(`${SECRET}!`, REFRESH)],
    ['another kind', new OpaqueTokens(SECRET, { ...REFRESH, letters: 'ev' })],
    ['another purpose', new OpaqueTokens(SECRET, { purpose: 'email-verification', letters: 'rt' })],
  ])('refuses a token made with %s', (_, other) => {
    expect(tokens.verify(other.issue(newId()))).toBeNull();
  });

  it.each([
    '',
    'nonsense',
    '0190a1b2-0000-7000-8000-000000000001',
    'A'.repeat(70),
    `${PREFIX}${'A'.repeat(70)}`,
    'é'.repeat(70),
    'A'.repeat(100_000),
  ])('refuses %p', (token) => {
    expect(tokens.verify(token)).toBeNull();
  });
});
