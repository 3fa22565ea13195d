import { retention } from '#platform/jobs/retention/retention.js';

/** Links that were mailed and have stopped working. */
export const accountsRetention = [
  retention({ table: 'registrations', expired: 'expires_at < now()' }),
  retention({ table: 'password_resets', expired: 'expires_at < now()' }),
];
