import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { UserNotFound } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { WithLockedUser } from './with-locked-user.js';

function setup() {
  const { transaction, users, aStoredUser } = accountsSetup();
  return { aStoredUser, withLockedUser: new WithLockedUser(transaction, users) };
}

it.each([
  ['a user with a password', 'a hash', true],
  ['a user without', null, false],
])('tells the work whether there is a password: %s', async (_, passwordHash, expected) => {
  const { aStoredUser, withLockedUser } = setup();
  const { id } = await aStoredUser({ passwordHash });

  expect(await withLockedUser.execute(id, async ({ hasPassword }) => hasPassword)).toBe(expected);
});

it('starts no work on a user who does not exist', async () => {
  let isStarted = false;

  await expect(setup().withLockedUser.execute(newId(), async () => void (isStarted = true))).rejects.toThrow(
    UserNotFound,
  );
  expect(isStarted).toBe(false);
});
