import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { usersSetup } from '../testing/users-setup.js';
import { UpdateUser } from './update-user.js';

async function setup() {
  const { users, access, sessions, audit, ...others } = await usersSetup();
  return { users, sessions, audit, update: new UpdateUser(users, access, sessions, audit), ...others };
}

it('signs out a user who is disabled, on record, and every process hears of it', async () => {
  const { update, keeper, user, sessions, audit, changes } = await setup();

  const { status } = await update.execute(keeper, user.id, { status: 'disabled' });

  expect([status, sessions.ended, changes.made]).toEqual(['disabled', [[user.id, null]], [`user:${user.id}`]]);
  expect(audit.recorded).toEqual([{ type: 'user.disabled', subjectId: user.id }]);
});

it('does not sign out a user who is enabled or renamed', async () => {
  const { update, keeper, user, sessions, audit } = await setup();
  await update.execute(keeper, user.id, { status: 'disabled' });
  sessions.ended.length = 0;

  await update.execute(keeper, user.id, { status: 'active' });
  await update.execute(keeper, user.id, { name: 'Grace' });

  expect(sessions.ended).toEqual([]);
  expect(audit.recorded.slice(1).map(({ type }) => type)).toEqual(['user.enabled', 'user.renamed']);
});

it('puts nothing on record when nothing changed', async () => {
  const { update, keeper, user, audit } = await setup();

  await update.execute(keeper, user.id, {});

  expect(audit.recorded).toEqual([]);
});

it('refuses a user who does not exist', async () => {
  const { update, keeper } = await setup();

  await expect(update.execute(keeper, newId(), {})).rejects.toThrow(UserNotFound);
});

it('refuses to change an administrator for a user who may do less', async () => {
  const { update, keeper, roles, user, users, sessions } = await setup();
  roles.addUser(user.id, 'admin');

  await expect(update.execute(keeper, user.id, { status: 'disabled' })).rejects.toThrow(PermissionDenied);
  expect([await users.find(user.id), sessions.ended]).toEqual([user, []]);
});
