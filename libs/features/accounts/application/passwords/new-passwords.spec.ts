import { expect, it } from 'vitest';
import { PasswordRefused } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { NewPasswords } from './new-passwords.js';

const EMAIL = 'ada@example.test';

function setup() {
  const { commonPasswords, hasher } = accountsSetup();
  return new NewPasswords(commonPasswords, hasher);
}

it('hashes a good password', async () => {
  expect(await setup().hash('correct horse', EMAIL)).toBe('hash of correct horse');
  expect(await setup().hashComparably('correct horse', EMAIL)).toBe('hash of correct horse');
});

it.each([
  ['that everybody tries first', 'password1'],
  ['that is short', 'short'],
  ['that is the own address', EMAIL],
])('refuses a password %s, at registration and later, and points to it', async (_, password) => {
  await expect(setup().hashComparably(password, EMAIL)).rejects.toThrow(PasswordRefused);
  await expect(setup().hash(password, EMAIL, '#/newPassword')).rejects.toMatchObject({
    errors: [{ pointer: '#/newPassword' }],
  });
});
