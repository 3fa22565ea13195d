import { definePermissions } from '#platform/kernel/permissions.js';

definePermissions({
  'queues:read': { description: 'See how much work waits, and which work was given up.' },
  'queues:write': { description: 'Replay or discard work that was given up.' },
});
