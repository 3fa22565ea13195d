import { retention } from '#platform/jobs/retention/retention.js';
import { RESTORABLE_DAYS } from '../domain/order.js';

/** Deleted orders that nobody can restore any more are purged. */
export const ordersRetention = retention({
  table: 'orders',
  expired: `deleted_at <= now() - interval '${RESTORABLE_DAYS} days'`,
});
