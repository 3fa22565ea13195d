import { definePermission } from '#platform/kernel/access/permissions.js';

export const readRoles = definePermission('roles:read', {
  description: 'See the roles and the permissions there are.',
});
export const writeRoles = definePermission('roles:write', {
  description: 'Make, change and delete roles, within the permissions one holds.',
});
export const assignRoles = definePermission('roles:assign', {
  description: 'Say which roles a user has, within the permissions one holds.',
});
