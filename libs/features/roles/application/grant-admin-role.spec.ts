import { describe, expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { InMemoryRoles } from '../testing/in-memory-roles.js';
import { GrantAdminRole } from './grant-admin-role.js';

function setup() {
  const [roles, changes, audit, userId] = [
    new InMemoryRoles(),
    new ImmediateAccessChanges(),
    new RecordedAudit(),
    newId(),
  ];
  roles.addUser(userId, 'user');
  return { roles, changes, audit, userId, grantAdminRole: new GrantAdminRole(changes, roles, audit) };
}

describe('making somebody an administrator', () => {
  it('adds the role, on record, and every process hears of it', async () => {
    const { grantAdminRole, roles, changes, audit, userId } = setup();

    expect(await grantAdminRole.execute(userId)).toBe(true);

    expect((await roles.rolesOf(userId)).map(({ name }) => name)).toEqual(['admin', 'user']);
    expect(changes.made).toEqual([`user:${userId}`]);
    expect(audit.recorded).toEqual([
      { type: 'user.roles-changed', subjectId: userId, details: { before: ['user'], after: ['admin', 'user'] } },
    ]);
  });

  it('changes nothing, and puts nothing on record, the second time', async () => {
    const { grantAdminRole, audit, userId } = setup();
    await grantAdminRole.execute(userId);

    expect(await grantAdminRole.execute(userId)).toBe(false);

    expect(audit.recorded).toHaveLength(1);
  });

  it('refuses a user who does not exist', async () => {
    await expect(setup().grantAdminRole.execute(newId())).rejects.toThrow(UserNotFound);
  });
});
