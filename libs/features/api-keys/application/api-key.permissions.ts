import { definePermission } from '#platform/kernel/access/permissions.js';

export const readApiKeys = definePermission('api-keys:read', {
  description: 'See the API keys of all users, without their secrets.',
});
export const writeApiKeys = definePermission('api-keys:write', {
  description: 'Make API keys within the permissions one holds, and revoke those of all users.',
});
