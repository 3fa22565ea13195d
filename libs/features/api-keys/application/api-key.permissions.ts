import { definePermissions } from '#platform/kernel/permissions.js';

definePermissions({
  'api-keys:read': { description: 'See the API keys of all users, without their secrets.' },
  'api-keys:write': { description: 'Make API keys within the permissions one holds, and revoke those of all users.' },
});
