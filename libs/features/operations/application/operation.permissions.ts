import { definePermission } from '#platform/kernel/access/permissions.js';

export const readOperations = definePermission('operations:read', {
  description: 'See how far the long operations of all users are.',
});
export const cancelOperations = definePermission('operations:cancel', {
  description: 'Cancel the long operations of all users.',
});
