import { describe, expect, it } from 'vitest';
import { ListedCommonPasswords } from './listed-common-passwords.js';

const common = new ListedCommonPasswords();

describe('ListedCommonPasswords', () => {
  it.each([
    '12345678',
    'password1',
    'PASSWORD1',
    'Password1',
    'qwertyuiop',
    '88888888',
    'iloveyou',
    'trustno1',
    'sunshine',
    '１２３４５６７８',
  ])('has %p', async (password) => {
    expect(await common.includes(password)).toBe(true);
  });

  it.each(['correct horse battery staple', 'пароль密码كلمة', ''])('does not have %p', async (password) => {
    expect(await common.includes(password)).toBe(false);
  });
});
