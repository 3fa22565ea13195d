import { describe, expect, it } from 'vitest';
import { oneLineText } from './one-line-text.js';

describe('one line of text', () => {
  it('is taken without the spaces around it', () => {
    expect(oneLineText(10).parse('  Ada Łuk 😀 ')).toBe('Ada Łuk 😀');
  });

  it.each([
    ['nothing but spaces', '  '],
    ['more than it may hold', 'a'.repeat(11)],
    ['a second line', 'Ada\nLovelace'],
    ['a NUL, which Postgres does not store', 'Ada\0'],
    ['a control character of the second block', 'Ada\u0085b'],
  ])('is refused with %s', (_, text) => {
    expect(oneLineText(10).safeParse(text).success).toBe(false);
  });
});
