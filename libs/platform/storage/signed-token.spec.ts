import { describe, expect, it } from 'vitest';
import { SignedTokens } from './signed-token.js';

const tokens = new SignedTokens(Buffer.from('key'));

describe('a signed token', () => {
  it('is opened where it was made', () => {
    expect(tokens.open(tokens.make(['a', 1]))).toEqual(['a', 1]);
  });

  it.each<[string, (token: string) => string]>([
    ['another value', (token) => `${Buffer.from('["b",1]').toString('base64url')}.${token.split('.')[1]}`],
    ['no signature', (token) => String(token.split('.')[0])],
    ['half a signature', (token) => token.slice(0, -20)],
    ['nonsense', () => 'x.y'],
    ['nothing', () => ''],
  ])('is not opened with %s', (_what, change) => {
    expect(tokens.open(change(tokens.make(['a', 1])))).toBeUndefined();
  });

  it('is not opened where another key holds', () => {
    expect(new SignedTokens(Buffer.from('other')).open(tokens.make(['a', 1]))).toBeUndefined();
  });
});
