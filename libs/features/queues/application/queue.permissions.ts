import { definePermission } from '#platform/kernel/access/permissions.js';

export const readQueues = definePermission('queues:read', {
  description: 'See how much work waits, and which work was given up.',
});
export const writeQueues = definePermission('queues:write', {
  description: 'Replay or discard work that was given up.',
});
