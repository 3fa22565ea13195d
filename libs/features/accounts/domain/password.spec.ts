import { describe, expect, it } from 'vitest';
import { characters, requireGoodPassword } from './password.js';
import { PasswordRefused } from './user.errors.js';

const EMAIL = 'ada.lovelace@example.test';

const rulesBrokenBy = (password: string, isCommon = false): readonly string[] => {
  try {
    requireGoodPassword(password, { email: EMAIL, isCommon, pointer: '#/password' });
    return [];
  } catch (error) {
    return (error as InstanceType<typeof PasswordRefused>).errors?.map(({ code }) => code) ?? [];
  }
};

describe('requireGoodPassword', () => {
  it.each([
    ['eight characters', 'abcdefgh'],
    ['a thousand characters', 'x'.repeat(1_000)],
    ['spaces alone', ' '.repeat(8)],
    ['any script', 'пароль密码كلمة'],
    ['eight characters outside of the first plane', '🔑'.repeat(8)],
    ['control characters', 'a\0b\tc\nd\u0007'],
    ['letters only, since there are no rules of composition', 'correcthorsebatterystaple'],
  ])('accepts %s', (_, password) => {
    expect(rulesBrokenBy(password)).toEqual([]);
  });

  it.each([
    ['seven characters', '1234567', ['password_too_short']],
    ['seven characters that take fourteen code units', '🔑'.repeat(7), ['password_too_short']],
    ['a thousand and one characters', 'x'.repeat(1_001), ['password_too_long']],
    ['the own address', EMAIL, ['password_is_email']],
    ['the own address in other letters', ' ADA.Lovelace@example.TEST', ['password_is_email']],
    ['what stands before the @', 'Ada.Lovelace', ['password_is_email']],
  ])('refuses %s', (_, password, broken) => {
    expect(rulesBrokenBy(password)).toEqual(broken);
  });

  it('names all broken rules at once', () => {
    expect(rulesBrokenBy('123456', true)).toEqual(['password_too_short', 'password_too_common']);
  });

  it('points to where the password came from', () => {
    const refuse = () => requireGoodPassword('short', { email: EMAIL, isCommon: false, pointer: '#/newPassword' });

    expect(refuse).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '#/newPassword' })] }),
    );
  });

  it('does not repeat the password', () => {
    const refuse = () => requireGoodPassword('hunter2', { email: EMAIL, isCommon: true, pointer: '#/password' });

    expect(refuse).toThrow(PasswordRefused);
    expect(refuse).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
  });
});

describe('the length of a password', () => {
  it.each([
    ['a composed accent', 'é', 1],
    ['the same accent of another keyboard', 'e\u0301', 1],
    ['what is outside of the first plane', '🔑', 1],
    ['marks that have no composed form', 'x\u0301', 2],
  ])('counts %s', (_, text, length) => {
    expect(characters(text)).toBe(length);
  });
});
