import { expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { RoleBuiltIn, RoleNotFound } from '../domain/role.errors.js';
import { aRole } from '../testing/role.factory.js';
import { rolesSetup } from '../testing/roles-setup.js';
import { ChangeRole } from './change-role.js';

function setup() {
  const { roles, changes, audit, admin } = rolesSetup();
  return { roles, changes, audit, admin, change: new ChangeRole(roles, changes, audit) };
}

it('changes what a role may do, on record, and every process hears of it', async () => {
  const { change, admin, roles, changes, audit } = setup();
  await roles.add(aRole({ name: 'testers', permissions: ['tests:read'] }));

  await change.execute(admin, 'testers', ['tests:write']);

  expect((await roles.find('testers'))?.permissions).toEqual(['tests:write']);
  expect(changes.made).toEqual(['everyone']);
  expect(audit.recorded).toEqual([
    { type: 'role.changed', subjectId: 'testers', details: { before: ['tests:read'], after: ['tests:write'] } },
  ]);
});

it.each([
  ['that does not exist', 'missing', RoleNotFound],
  ['that comes with the software', 'admin', RoleBuiltIn],
])('refuses a role %s', async (_, name, refusal) => {
  const { change, admin, audit } = setup();

  await expect(change.execute(admin, name, [])).rejects.toThrow(refusal);
  expect(audit.recorded).toEqual([]);
});

it('refuses to give or take away a permission that the user who changes the role does not hold', async () => {
  const { change, roles } = setup();
  const writer = aHolderOf('roles:write', 'tests:read');
  const [mighty, own] = [aRole({ permissions: ['tests:write'] }), aRole({ permissions: ['tests:read'] })];
  for (const role of [mighty, own]) await roles.add(role);

  await expect(change.execute(writer, own.name, ['tests:read', 'tests:write'])).rejects.toThrow(PermissionDenied);
  await expect(change.execute(writer, mighty.name, [])).rejects.toThrow(PermissionDenied);

  expect([await roles.find(mighty.name), await roles.find(own.name)]).toEqual([mighty, own]);
});
