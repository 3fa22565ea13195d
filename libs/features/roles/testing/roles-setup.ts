import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateAccessChanges } from '#platform/testing/immediate-access-changes.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { InMemoryRoles } from './in-memory-roles.js';
// Both define permissions, which there have to be for one to hold more than another.
import '../application/role.permissions.js';
import './role.factory.js';

/** An administrator, somebody with the role of everybody, and what use cases of roles need. */
export function rolesSetup() {
  const [roles, changes, audit] = [new InMemoryRoles(), new ImmediateAccessChanges(), new RecordedAudit()];
  const admin = aPrincipal({ id: newId() });
  const userId = newId();
  roles.addUser(admin.id, 'admin');
  roles.addUser(userId, 'user');
  const roleNamesOf = async (id: string) => (await roles.rolesOf(id)).map(({ name }) => name);
  return { roles, changes, audit, admin, userId, roleNamesOf };
}
