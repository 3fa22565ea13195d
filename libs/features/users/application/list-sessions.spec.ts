import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { anOpenSession } from '#platform/testing/doubles/recorded-sessions.js';
import { usersSetup } from '../testing/users-setup.js';
import { ListSessions } from './list-sessions.js';

it('shows where a user is signed in', async () => {
  const { users, user, sessions } = await usersSetup();
  sessions.open = [anOpenSession()];

  expect(await new ListSessions(users, sessions).execute(user.id)).toEqual(sessions.open);
});

it('refuses a user who does not exist', async () => {
  const { users, sessions } = await usersSetup();

  await expect(new ListSessions(users, sessions).execute(newId())).rejects.toThrow(UserNotFound);
});
