import { expect, it } from 'vitest';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { UserNotFound } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { UpdateMe } from './update-me.js';

it('changes the user who asks, and nobody else', async () => {
  const { users, clock, aStoredUser } = accountsSetup();
  const [me, somebodyElse] = [await aStoredUser(), await aStoredUser()];
  clock.pass(60);

  const changed = await new UpdateMe(users, clock).execute(aPrincipal({ id: me.id }), { name: 'Grace' });

  expect(changed).toEqual({ ...me, name: 'Grace', updatedAt: clock.now() });
  expect([await users.findById(me.id), await users.findById(somebodyElse.id)]).toEqual([changed, somebodyElse]);
});

it('does not find a user whose account was deleted a moment ago', async () => {
  const { users, clock } = accountsSetup();

  await expect(new UpdateMe(users, clock).execute(aPrincipal(), {})).rejects.toThrow(UserNotFound);
});
