import { defineRateLimit } from '#platform/http/rate-limit/rate-limit.js';

export const exportsLimit = defineRateLimit('order-exports', {
  quota: { requests: 10, windowSeconds: 3_600 },
  withoutRedis: 'open',
  description: 'Exports of orders, per user: each reads all of them.',
});
