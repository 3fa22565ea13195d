import { expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { PermissionUnknown, RoleNameTaken } from '../domain/role.errors.js';
import { rolesSetup } from '../testing/roles-setup.js';
import { CreateRole } from './create-role.js';

function setup() {
  const { roles, changes, audit, admin } = rolesSetup();
  return { roles, changes, audit, admin, create: new CreateRole(roles, changes, audit) };
}

it('makes a role, on record, and every process hears of it', async () => {
  const { create, admin, roles, changes, audit } = setup();

  const role = await create.execute(admin, { name: 'testers', permissions: ['tests:write', 'tests:read'] });

  expect(role).toEqual({ name: 'testers', isBuiltIn: false, permissions: ['tests:read', 'tests:write'] });
  expect(await roles.find('testers')).toEqual(role);
  expect(changes.made).toEqual(['everyone']);
  expect(audit.recorded).toEqual([
    { type: 'role.created', subjectId: 'testers', details: { permissions: role.permissions } },
  ]);
});

it('refuses a role that may do more than the user who makes it', async () => {
  const { create, roles } = setup();
  const writer = aHolderOf('roles:write', 'tests:read');

  await expect(create.execute(writer, { name: 'x', permissions: ['tests:write'] })).rejects.toThrow(PermissionDenied);
  expect(await roles.find('x')).toBeNull();
});

it.each([
  ['a name that is taken', { name: 'user', permissions: [] }, RoleNameTaken],
  ['a permission that does not exist', { name: 'x', permissions: ['tests:fly'] }, PermissionUnknown],
])('refuses %s', async (_, role, refusal) => {
  const { create, admin, audit } = setup();

  await expect(create.execute(admin, role)).rejects.toThrow(refusal);
  expect(audit.recorded).toEqual([]);
});
