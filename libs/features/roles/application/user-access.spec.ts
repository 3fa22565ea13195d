import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { userWithoutPermissions } from '#platform/testing/principal.factory.js';
import { LastAdministrator } from '../domain/role.errors.js';
import { rolesSetup } from '../testing/roles-setup.js';
import { UserAccess } from './user-access.js';

function setup() {
  const { roles, changes, ...others } = rolesSetup();
  return { roles, changes, access: new UserAccess(changes, roles), ...others };
}

it('answers with what the work gives back, and every process hears of the change', async () => {
  const { access, changes, admin, userId } = setup();

  expect(await access.change(admin, userId, async () => 'done')).toBe('done');
  expect(changes.made).toEqual([`user:${userId}`]);
});

it('refuses to touch an administrator for a user who may do less', async () => {
  const { access, admin } = setup();
  let isStarted = false;

  const attempt = access.change(userWithoutPermissions, admin.id, async () => void (isStarted = true));

  await expect(attempt).rejects.toThrow(PermissionDenied);
  expect(isStarted).toBe(false);
});

it('refuses a user who does not exist', async () => {
  const { access, admin } = setup();

  await expect(access.change(admin, newId(), async () => undefined)).rejects.toThrow(UserNotFound);
});

it('fails when the work leaves no administrator', async () => {
  const { access, admin, roles } = setup();

  await expect(access.change(admin, admin.id, () => roles.assign(admin.id, []))).rejects.toThrow(LastAdministrator);
});
