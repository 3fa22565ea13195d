import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { assignRoles, readRoles, writeRoles } from '../application/role.permissions.js';
import { InMemoryRoles } from './in-memory-roles.js';
import { lookAtTests, readTests, writeTests } from './role.factory.js';

const OF_AN_ADMINISTRATOR = [assignRoles, readRoles, writeRoles, lookAtTests, readTests, writeTests];

/** An administrator, somebody with the role of everybody, and what use cases of roles need. */
export function rolesSetup() {
  const [roles, changes, audit] = [new InMemoryRoles(), new ImmediateAccessChanges(), new RecordedAudit()];
  const admin = aHolderOf(...OF_AN_ADMINISTRATOR.map(({ name }) => name));
  const userId = newId();
  roles.addUser(admin.id, 'admin');
  roles.addUser(userId, 'user');
  const roleNamesOf = async (id: string) => (await roles.rolesOf(id)).map(({ name }) => name);
  return { roles, changes, audit, admin, userId, roleNamesOf };
}
