import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { usersSetup } from '../testing/users-setup.js';
import { EndSessions } from './end-sessions.js';

async function setup() {
  const { access, sessions, audit, ...others } = await usersSetup();
  return { sessions, audit, endSessions: new EndSessions(access, sessions, audit), ...others };
}

it('signs a user out everywhere, on record, and changes nothing else about them', async () => {
  const { endSessions, keeper, users, user, sessions, audit } = await setup();

  await endSessions.execute(keeper, user.id);

  expect(await users.find(user.id)).toEqual(user);
  expect([sessions.ended, audit.recorded]).toEqual([
    [[user.id, null]],
    [{ type: 'user.signed-out', subjectId: user.id }],
  ]);
});

it('refuses a user who does not exist', async () => {
  const { endSessions, keeper } = await setup();

  await expect(endSessions.execute(keeper, newId())).rejects.toThrow(UserNotFound);
});

it('refuses to sign out an administrator for a user who may do less', async () => {
  const { endSessions, keeper, roles, user, sessions } = await setup();
  roles.addUser(user.id, 'admin');

  await expect(endSessions.execute(keeper, user.id)).rejects.toThrow(PermissionDenied);
  expect(sessions.ended).toEqual([]);
});
