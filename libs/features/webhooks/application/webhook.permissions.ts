import { definePermission } from '#platform/kernel/access/permissions.js';

export const readWebhooks = definePermission('webhooks:read', {
  description: 'See the webhook endpoints one has made, and what was sent to them.',
  everyone: true,
});
export const writeWebhooks = definePermission('webhooks:write', {
  description: 'Make, change and delete webhook endpoints of one’s own, and send to them again.',
  everyone: true,
});
export const hearEverybody = definePermission('webhooks:everybody', {
  description: 'Make webhook endpoints that hear of the events of all users, and look after those of others.',
});
