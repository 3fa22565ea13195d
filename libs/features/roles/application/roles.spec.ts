import { describe, expect, it } from '@jest/globals';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { LastAdministrator, RoleBuiltIn, RoleNotFound, RoleUnknown } from '../domain/role.errors.js';
import { InMemoryRoles } from '../testing/in-memory-roles.js';
import { aHolderOf, aRole } from '../testing/role.factory.js';
import { AssignRoles } from './assign-roles.js';
import { ChangeRole } from './change-role.js';
import { CreateRole } from './create-role.js';
import { DeleteRole } from './delete-role.js';
import { ListPermissions } from './list-permissions.js';
import { ListRoles } from './list-roles.js';
import { UserAccess } from './user-access.js';

const ALL = ['roles:read', 'roles:write', 'roles:assign', 'tests:read', 'tests:write', 'tests:everyone'];

function setup() {
  const roles = new InMemoryRoles();
  const [changes, audit] = [new ImmediateAccessChanges(), new RecordedAudit()];
  const access = new UserAccess(changes, roles);
  const admin = aHolderOf(...ALL);
  roles.addUser(admin.id, 'admin');
  const userId = newId();
  roles.addUser(userId, 'user');
  return {
    roles,
    changes,
    audit,
    admin,
    userId,
    create: new CreateRole(roles, changes, audit),
    change: new ChangeRole(roles, changes, audit),
    remove: new DeleteRole(roles, changes, audit),
    assign: new AssignRoles(access, roles, roles, audit),
    rolesOf: async (id: string) => (await roles.rolesOf(id)).map(({ name }) => name),
  };
}

describe('roles', () => {
  it('are made, changed and deleted on record, and every process hears of it', async () => {
    const { create, change, remove, admin, roles, changes, audit } = setup();

    await create.execute(admin, { name: 'testers', permissions: ['tests:read'] });
    await change.execute(admin, 'testers', ['tests:write']);
    const changed = await roles.find('testers');
    await remove.execute(admin, 'testers');

    expect(changed?.permissions).toEqual(['tests:write']);
    expect(await roles.find('testers')).toBeNull();
    expect(changes.made).toEqual(['everyone', 'everyone', 'everyone']);
    expect(audit.recorded).toEqual([
      { type: 'role.created', subjectId: 'testers', details: { permissions: ['tests:read'] } },
      { type: 'role.changed', subjectId: 'testers', details: { before: ['tests:read'], after: ['tests:write'] } },
      { type: 'role.deleted', subjectId: 'testers', details: { permissions: ['tests:write'] } },
    ]);
  });

  it('have to exist to be changed or deleted, and not to be built in', async () => {
    const { change, remove, admin } = setup();

    await expect(change.execute(admin, 'nobody', [])).rejects.toThrow(RoleNotFound);
    await expect(remove.execute(admin, 'nobody')).rejects.toThrow(RoleNotFound);
    await expect(change.execute(admin, 'admin', [])).rejects.toThrow(RoleBuiltIn);
    await expect(remove.execute(admin, 'user')).rejects.toThrow(RoleBuiltIn);
  });

  it('get and lose only what their writer holds', async () => {
    const { create, change, remove, roles } = setup();
    const writer = aHolderOf('roles:write', 'tests:read');
    const [mighty, own] = [aRole({ permissions: ['tests:write'] }), aRole({ permissions: ['tests:read'] })];
    for (const role of [mighty, own]) await roles.add(role);

    await expect(create.execute(writer, { name: 'x', permissions: ['tests:write'] })).rejects.toThrow(PermissionDenied);
    await expect(change.execute(writer, own.name, ['tests:read', 'tests:write'])).rejects.toThrow(PermissionDenied);
    await expect(change.execute(writer, mighty.name, [])).rejects.toThrow(PermissionDenied);
    await expect(remove.execute(writer, mighty.name)).rejects.toThrow(PermissionDenied);
    expect([await roles.find(mighty.name), await roles.find(own.name)]).toEqual([mighty, own]);
  });
});

describe('assigning roles', () => {
  it('replaces those a user has, on record', async () => {
    const { assign, admin, userId, audit, changes, rolesOf } = setup();

    expect(await assign.execute(admin, userId, ['user', 'admin', 'user'])).toEqual(['admin', 'user']);

    expect(await rolesOf(userId)).toEqual(['admin', 'user']);
    expect(changes.made).toEqual([`user:${userId}`]);
    expect(audit.recorded).toEqual([
      { type: 'user.roles-changed', subjectId: userId, details: { before: ['user'], after: ['admin', 'user'] } },
    ]);
  });

  it('takes roles and users that exist', async () => {
    const { assign, admin, userId } = setup();

    await expect(assign.execute(admin, userId, ['user', 'pilot'])).rejects.toThrow(RoleUnknown);
    await expect(assign.execute(admin, newId(), ['user'])).rejects.toThrow(UserNotFound);
  });

  it('neither raises nor lowers anybody above the one who does it', async () => {
    const { assign, admin, userId, rolesOf } = setup();
    const delegate = aHolderOf('roles:assign');

    await expect(assign.execute(delegate, userId, ['admin'])).rejects.toThrow(PermissionDenied);
    await expect(assign.execute(delegate, admin.id, ['user'])).rejects.toThrow(PermissionDenied);
    expect([await rolesOf(userId), await rolesOf(admin.id)]).toEqual([['user'], ['admin']]);
  });

  it('leaves an administrator, also when two resign at once', async () => {
    const { assign, admin, userId } = setup();
    await assign.execute(admin, userId, ['admin']);

    const results = await Promise.allSettled([admin.id, userId].map((id) => assign.execute(admin, id, [])));

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: expect.any(LastAdministrator) });
  });

  it('goes on where there is no administrator yet', async () => {
    const { roles, assign, userId, admin } = setup();
    roles.addUser(admin.id);

    await expect(assign.execute(aHolderOf('roles:assign'), userId, ['user'])).resolves.toEqual(['user']);
  });
});

describe('whoever lacks the permission', () => {
  const nobody = aHolderOf('tests:read');
  type Way = (parts: ReturnType<typeof setup>, principal: Principal) => unknown;

  it.each<[string, Way]>([
    ['see roles', ({ roles }, principal) => new ListRoles(roles).execute(principal)],
    ['see permissions', async (_, principal) => new ListPermissions().execute(principal)],
    ['make a role', ({ create }, principal) => create.execute(principal, { name: 'x', permissions: [] })],
    ['change a role', ({ change }, principal) => change.execute(principal, 'x', [])],
    ['delete a role', ({ remove }, principal) => remove.execute(principal, 'x')],
    ['assign roles', ({ assign, userId }, principal) => assign.execute(principal, userId, [])],
  ])('cannot %s', async (_, way) => {
    await expect(way(setup(), nobody)).rejects.toThrow(PermissionDenied);
  });
});
