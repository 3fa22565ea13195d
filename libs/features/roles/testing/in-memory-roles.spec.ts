import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryRoles } from './in-memory-roles.js';
import { describeRolesRepository } from './roles.repository.contract.js';

describeRolesRepository('InMemoryRoles', () => {
  const roles = new InMemoryRoles();
  const aUserId = async () => {
    const id = newId();
    roles.addUser(id);
    return id;
  };
  return { roles, holders: roles, aUserId };
});
