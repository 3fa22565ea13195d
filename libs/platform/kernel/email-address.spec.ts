import { describe, expect, it } from '@jest/globals';
import { emailAddress } from './email-address.js';

const isAccepted = (text: string) => emailAddress().safeParse(text).success;
const ofLength = (length: number) => `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(length - 190)}.test`;

describe('emailAddress', () => {
  it.each(['ada@example.test', 'ada+shop@mail.example.test', `${'a'.repeat(64)}@example.test`, ofLength(254)])('accepts %s', (address) => {
    expect(isAccepted(address)).toBe(true);
  });

  it.each([
    ['65 characters before the @', `${'a'.repeat(65)}@example.test`],
    ['255 characters', ofLength(255)],
    ['nothing before the @', '@example.test'],
    ['two of them', 'ada@a@example.test'],
    ['two dots in a row', 'ada..l@example.test'],
    ['no domain', 'ada'],
    ['a line break', 'ada@example.test\n'],
  ])('refuses %s', (_what, address) => {
    expect(isAccepted(address)).toBe(false);
  });
});
