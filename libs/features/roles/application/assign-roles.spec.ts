import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { LastAdministrator, RoleUnknown } from '../domain/role.errors.js';
import { rolesSetup } from '../testing/roles-setup.js';
import { AssignRoles } from './assign-roles.js';
import { UserAccess } from './user-access.js';

function setup() {
  const { roles, changes, audit, ...others } = rolesSetup();
  const assign = new AssignRoles(new UserAccess(changes, roles), roles, roles, audit);
  return { roles, changes, audit, assign, ...others };
}

it('replaces the roles a user has, on record', async () => {
  const { assign, admin, userId, audit, changes, roleNamesOf } = setup();

  expect(await assign.execute(admin, userId, ['user', 'admin', 'user'])).toEqual(['admin', 'user']);

  expect(await roleNamesOf(userId)).toEqual(['admin', 'user']);
  expect(changes.made).toEqual([`user:${userId}`]);
  expect(audit.recorded).toEqual([
    { type: 'user.roles-changed', subjectId: userId, details: { before: ['user'], after: ['admin', 'user'] } },
  ]);
});

it('refuses roles and users that do not exist', async () => {
  const { assign, admin, userId } = setup();

  await expect(assign.execute(admin, userId, ['user', 'pilot'])).rejects.toThrow(RoleUnknown);
  await expect(assign.execute(admin, newId(), ['user'])).rejects.toThrow(UserNotFound);
});

it('points to each role that does not exist', async () => {
  const { assign, admin, userId } = setup();

  await expect(assign.execute(admin, userId, ['pilot', 'user', 'captain'])).rejects.toMatchObject({
    errors: [{ pointer: '#/roles/0' }, { pointer: '#/roles/2' }],
  });
});

it('refuses to raise or lower anybody above the user who assigns', async () => {
  const { assign, admin, userId, roleNamesOf } = setup();
  const delegate = aHolderOf('roles:assign');

  await expect(assign.execute(delegate, userId, ['admin'])).rejects.toThrow(PermissionDenied);
  await expect(assign.execute(delegate, admin.id, ['user'])).rejects.toThrow(PermissionDenied);
  expect([await roleNamesOf(userId), await roleNamesOf(admin.id)]).toEqual([['user'], ['admin']]);
});

it('leaves an administrator, also when two resign at once', async () => {
  const { assign, admin, userId } = setup();
  await assign.execute(admin, userId, ['admin']);

  const results = await Promise.allSettled([admin.id, userId].map((id) => assign.execute(admin, id, [])));

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(results[1]).toMatchObject({ reason: expect.any(LastAdministrator) });
});

it('assigns where there is no administrator yet', async () => {
  const { roles, assign, userId, admin } = setup();
  roles.addUser(admin.id);

  await expect(assign.execute(aHolderOf('roles:assign'), userId, ['user'])).resolves.toEqual(['user']);
});
