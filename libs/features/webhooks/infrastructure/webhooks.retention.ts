import { retention } from '#platform/jobs/retention/retention.js';

/** With their attempts. One that waits for an endpoint that is disabled goes as well. */
export const webhooksRetention = retention({
  table: 'webhook_deliveries',
  expired: `created_at < now() - interval '30 days'`,
});
