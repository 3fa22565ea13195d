import { definePermissions } from '#platform/kernel/permissions.js';

definePermissions({
  'roles:read': { description: 'See the roles and the permissions there are.' },
  'roles:write': { description: 'Make, change and delete roles, within the permissions one holds.' },
  'roles:assign': { description: 'Say which roles a user has, within the permissions one holds.' },
});
