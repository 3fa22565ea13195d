import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { usersSetup } from '../testing/users-setup.js';
import { DeleteUser } from './delete-user.js';

async function setup() {
  const { users, access, sessions, audit, ...others } = await usersSetup();
  const events = new RecordedEvents();
  const remove = new DeleteUser(users, access, sessions, events, audit);
  return { users, sessions, audit, events, remove, ...others };
}

it('deletes a user, who is signed out, on record, and all whom it concerns hear of it', async () => {
  const { remove, keeper, users, user, sessions, audit, events, changes } = await setup();

  await remove.execute(keeper, user.id);

  expect(await users.find(user.id)).toBeNull();
  expect([sessions.ended, changes.made]).toEqual([[[user.id, null]], [`user:${user.id}`]]);
  expect(audit.recorded).toEqual([{ type: 'user.deleted', subjectId: user.id }]);
  expect(events.published).toEqual([{ name: 'user.deleted', payload: { userId: user.id } }]);
});

it('refuses a user who does not exist', async () => {
  const { remove, keeper } = await setup();

  await expect(remove.execute(keeper, newId())).rejects.toThrow(UserNotFound);
});

it('refuses to delete an administrator for a user who may do less', async () => {
  const { remove, keeper, roles, user, users, sessions } = await setup();
  roles.addUser(user.id, 'admin');

  await expect(remove.execute(keeper, user.id)).rejects.toThrow(PermissionDenied);
  expect([await users.find(user.id), sessions.ended]).toEqual([user, []]);
});
