import { defineRateLimit } from '#platform/http/rate-limit/rate-limit.js';

export const webhookChangesLimit = defineRateLimit('webhook-changes', {
  quota: { requests: 60, windowSeconds: 60 },
  withoutRedis: 'open',
  description: 'Making and changing webhook endpoints, per user: each looks up a name.',
});

export const webhookSendingLimit = defineRateLimit('webhook-sending', {
  quota: { requests: 60, windowSeconds: 60 },
  withoutRedis: 'open',
  description: 'Test events and deliveries that are sent again, per user.',
});
