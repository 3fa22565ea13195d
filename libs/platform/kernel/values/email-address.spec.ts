import { describe, expect, it } from 'vitest';
import { emailAddress, normalizeEmail } from './email-address.js';

const isAccepted = (text: string) => emailAddress().safeParse(text).success;
const ofLength = (length: number) =>
  `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(length - 190)}.test`;

describe('normalizeEmail', () => {
  it.each([
    ['Ada@Example.TEST', 'case'],
    ['  ada@example.test\n', 'surrounding space'],
    ['ａｄａ＠example.test', 'full-width letters'],
    ['\u00a0ada@example.test\u3000', 'other kinds of space'],
  ])('takes %j for ada@example.test: %s does not matter', (email) => {
    expect(normalizeEmail(email)).toBe('ada@example.test');
  });

  it.each([
    'ada@müller.example',
    'ADA@MÜLLER.EXAMPLE',
    'ada@mu\u0308ller.example',
    'ada@xn--mller-kva.example',
    'ada@XN--MLLER-KVA.EXAMPLE',
    'ada@müller。example',
  ])('has one form for a domain in Unicode: %s', (email) => {
    expect(normalizeEmail(email)).toBe('ada@xn--mller-kva.example');
  });

  it.each(['ada@müller.example/x', 'ada@müller.example:25', 'ada@m%75ller.ü', 'ada@mü ller.example', 'ada@exa_mple.ü'])(
    'leaves %s alone, which is no domain',
    (email) => {
      expect(normalizeEmail(email)).toBe(email);
      expect(isAccepted(email)).toBe(false);
    },
  );

  it.each([' İSTANBUL@Example.TEST ', 'ada@straße.example', 'ada@例え。jp', 'nothing', '@', 'ada@'])(
    'changes nothing the second time: %j',
    (email) => {
      const once = normalizeEmail(email);

      expect(normalizeEmail(once)).toBe(once);
    },
  );
});

describe('emailAddress', () => {
  it.each([
    'ada@example.test',
    'ada@müller.example',
    'ada@例え.テスト',
    'ada+shop@mail.example.test',
    `${'a'.repeat(64)}@example.test`,
    ofLength(254),
  ])('accepts %s', (address) => {
    expect(isAccepted(address)).toBe(true);
  });

  it.each([
    ['65 characters before the @', `${'a'.repeat(65)}@example.test`],
    ['255 characters', ofLength(255)],
    ['nothing before the @', '@example.test'],
    ['two of them', 'ada@a@example.test'],
    ['two dots in a row', 'ada..l@example.test'],
    ['no domain', 'ada'],
    ['a line break', 'ada@exa\nmple.test'],
    ['a letter beyond ASCII before the @, which few mail servers take', 'jörg@example.test'],
  ])('refuses %s', (_what, address) => {
    expect(isAccepted(address)).toBe(false);
  });
});
