import { describe, expect, it } from '@jest/globals';
import { UserNotFound } from '#features/accounts/index.js';
import { LastAdministrator, UserAccess } from '#features/roles/index.js';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { InMemoryRoles } from '../../roles/testing/in-memory-roles.js';
import { InMemoryUsersRepository } from '../testing/in-memory-users.repository.js';
import { aHolderOf, aUser } from '../testing/user.factory.js';
import { DeleteUser } from './delete-user.js';
import { EndSessions } from './end-sessions.js';
import { GetUser } from './get-user.js';
import { ListSessions } from './list-sessions.js';
import { ListUsers } from './list-users.js';
import { UpdateUser } from './update-user.js';

const keeper = aHolderOf('users:read', 'users:update', 'users:delete', 'sessions:read', 'sessions:end');

async function setup() {
  const users = new InMemoryUsersRepository(new StoppedClock());
  const [roles, changes, audit, sessions] = [
    new InMemoryRoles(),
    new ImmediateAccessChanges(),
    new RecordedAudit(),
    new RecordedSessions(),
  ];
  const access = new UserAccess(changes, roles);
  const user = aUser();
  await users.add(user);
  roles.addUser(user.id, 'user');
  return {
    users,
    roles,
    changes,
    audit,
    sessions,
    user,
    update: new UpdateUser(users, access, sessions, audit),
    remove: new DeleteUser(users, access, sessions, audit),
    signOut: new EndSessions(access, sessions, audit),
    list: new ListUsers(users),
    listSessions: new ListSessions(users, sessions),
    get: new GetUser(users),
  };
}

describe('a user', () => {
  it('that is disabled is signed out, on record, and every process hears of it', async () => {
    const { update, user, sessions, audit, changes } = await setup();

    const { status } = await update.execute(keeper, user.id, { status: 'disabled' });

    expect([status, sessions.ended, changes.made]).toEqual(['disabled', [[user.id, null]], [`user:${user.id}`]]);
    expect(audit.recorded).toEqual([{ type: 'user.disabled', subjectId: user.id }]);
  });

  it('that is enabled or renamed is not signed out', async () => {
    const { update, user, sessions, audit } = await setup();
    await update.execute(keeper, user.id, { status: 'disabled' });
    sessions.ended.length = 0;

    await update.execute(keeper, user.id, { status: 'active' });
    await update.execute(keeper, user.id, { name: 'Grace' });

    expect(sessions.ended).toEqual([]);
    expect(audit.recorded.slice(1).map(({ type }) => type)).toEqual(['user.enabled', 'user.renamed']);
  });

  it('is not on record for what did not change', async () => {
    const { update, user, audit } = await setup();

    await update.execute(keeper, user.id, {});

    expect(audit.recorded).toEqual([]);
  });

  it('that is deleted is signed out and gone', async () => {
    const { remove, get, user, sessions, audit } = await setup();

    await remove.execute(keeper, user.id);

    await expect(get.execute(keeper, user.id)).rejects.toThrow(UserNotFound);
    expect(sessions.ended).toEqual([[user.id, null]]);
    expect(audit.recorded).toEqual([{ type: 'user.deleted', subjectId: user.id }]);
  });

  it('is signed out alone when that is all that is wanted', async () => {
    const { signOut, get, user, sessions, audit } = await setup();

    await signOut.execute(keeper, user.id);

    expect(await get.execute(keeper, user.id)).toEqual(user);
    expect([sessions.ended, audit.recorded]).toEqual([
      [[user.id, null]],
      [{ type: 'user.signed-out', subjectId: user.id }],
    ]);
  });

  it('that does not exist is not found', async () => {
    const { update, remove, signOut, get, listSessions } = await setup();

    await expect(update.execute(keeper, newId(), {})).rejects.toThrow(UserNotFound);
    await expect(remove.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(signOut.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(get.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(listSessions.execute(keeper, newId())).rejects.toThrow(UserNotFound);
  });
});

describe('an administrator', () => {
  it('is out of reach for those who may do less', async () => {
    const { update, remove, signOut, roles, user, sessions } = await setup();
    roles.addUser(user.id, 'admin');

    await expect(update.execute(keeper, user.id, { status: 'disabled' })).rejects.toThrow(PermissionDenied);
    await expect(remove.execute(keeper, user.id)).rejects.toThrow(PermissionDenied);
    await expect(signOut.execute(keeper, user.id)).rejects.toThrow(PermissionDenied);
    expect(sessions.ended).toEqual([]);
  });

  it('cannot leave when there is no other', async () => {
    const { roles, changes, user } = await setup();
    roles.addUser(user.id, 'admin');
    const everything = aHolderOf(...(await roles.rolesOf(user.id)).flatMap(({ permissions }) => permissions));

    const leave = new UserAccess(changes, roles).change(everything, user.id, () => roles.assign(user.id, []));

    await expect(leave).rejects.toThrow(LastAdministrator);
  });
});

describe('whoever lacks the permission', () => {
  type Way = (parts: Awaited<ReturnType<typeof setup>>, principal: Principal) => Promise<unknown>;

  it.each<[string, Way]>([
    ['list users', ({ list }, principal) => list.execute(principal, {}, { limit: 1, after: null })],
    ['see a user', ({ get, user }, principal) => get.execute(principal, user.id)],
    ['change a user', ({ update, user }, principal) => update.execute(principal, user.id, {})],
    ['delete a user', ({ remove, user }, principal) => remove.execute(principal, user.id)],
    [
      'see where somebody is signed in',
      ({ listSessions, user }, principal) => listSessions.execute(principal, user.id),
    ],
    ['sign anybody out', ({ signOut, user }, principal) => signOut.execute(principal, user.id)],
  ])('cannot %s', async (_, way) => {
    await expect(way(await setup(), aHolderOf())).rejects.toThrow(PermissionDenied);
  });
});
