import { definePermission } from '#platform/kernel/access/permissions.js';

export const readFlags = definePermission('flags:read', {
  description: 'See which flags there are, and for whom they are on.',
});
export const writeFlags = definePermission('flags:write', { description: 'Switch flags, for everybody or for some.' });
