import { expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { RoleBuiltIn, RoleInUse, RoleNotFound } from '../domain/role.errors.js';
import { aRole } from '../testing/role.factory.js';
import { rolesSetup } from '../testing/roles-setup.js';
import { DeleteRole } from './delete-role.js';

function setup() {
  const { roles, changes, audit, admin, userId } = rolesSetup();
  return { roles, changes, audit, admin, userId, remove: new DeleteRole(roles, changes, audit) };
}

it('deletes a role, on record, and every process hears of it', async () => {
  const { remove, admin, roles, changes, audit } = setup();
  await roles.add(aRole({ name: 'testers', permissions: ['tests:write'] }));

  await remove.execute(admin, 'testers');

  expect(await roles.find('testers')).toBeNull();
  expect(changes.made).toEqual(['everyone']);
  expect(audit.recorded).toEqual([
    { type: 'role.deleted', subjectId: 'testers', details: { permissions: ['tests:write'] } },
  ]);
});

it.each([
  ['that does not exist', 'missing', RoleNotFound],
  ['that comes with the software', 'user', RoleBuiltIn],
])('refuses a role %s', async (_, name, refusal) => {
  const { remove, admin } = setup();

  await expect(remove.execute(admin, name)).rejects.toThrow(refusal);
});

it('refuses a role that a user has', async () => {
  const { remove, admin, roles, userId } = setup();
  const role = aRole();
  await roles.add(role);
  await roles.assign(userId, [role.name]);

  await expect(remove.execute(admin, role.name)).rejects.toThrow(RoleInUse);
  expect(await roles.find(role.name)).toEqual(role);
});

it('refuses a user who may do less than the role', async () => {
  const { remove, roles } = setup();
  const mighty = aRole({ permissions: ['tests:write'] });
  await roles.add(mighty);

  await expect(remove.execute(aHolderOf('roles:write', 'tests:read'), mighty.name)).rejects.toThrow(PermissionDenied);
  expect(await roles.find(mighty.name)).toEqual(mighty);
});
