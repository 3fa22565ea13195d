import { expect, it } from 'vitest';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { UserNotFound } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { GetMe } from './get-me.js';

it('shows the user who asks, and nobody else', async () => {
  const { users, aStoredUser } = accountsSetup();
  const [, me] = [await aStoredUser(), await aStoredUser()];

  expect(await new GetMe(users).execute(aPrincipal({ id: me.id }))).toEqual(me);
});

it('does not find a user whose account was deleted a moment ago', async () => {
  const { users } = accountsSetup();

  await expect(new GetMe(users).execute(aPrincipal())).rejects.toThrow(UserNotFound);
});
