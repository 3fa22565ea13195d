import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { usersSetup } from '../testing/users-setup.js';
import { GetUser } from './get-user.js';

it('shows a user', async () => {
  const { users, user } = await usersSetup();

  expect(await new GetUser(users).execute(user.id)).toEqual(user);
});

it('refuses a user who does not exist', async () => {
  const { users } = await usersSetup();

  await expect(new GetUser(users).execute(newId())).rejects.toThrow(UserNotFound);
});
