import type { Statement } from '../database.js';

/** All of them go by the server's clock. A sequence gives the tokens, so that they grow also for a key whose row was removed. */

/** Takes a key that is free. SKIP LOCKED: one that a transaction has fenced is not. */
export const TAKE: Statement = {
  name: 'leases.take',
  text: `WITH taken AS (
           UPDATE leases SET token = DEFAULT, holder = $2, expires_at = clock_timestamp() + $3 * interval '1 ms'
           WHERE key = (SELECT key FROM leases WHERE key = $1 AND expires_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
           RETURNING token),
         first AS (
           INSERT INTO leases (key, holder, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms')
           ON CONFLICT DO NOTHING RETURNING token)
         SELECT token FROM taken UNION ALL SELECT token FROM first`,
};

export const RENEW: Statement = {
  name: 'leases.renew',
  text: `UPDATE leases SET expires_at = clock_timestamp() + $3 * interval '1 ms'
         WHERE key = $1 AND token = $2 AND expires_at > clock_timestamp() RETURNING 1`,
};

export const RELEASE: Statement = {
  name: 'leases.release',
  text: `UPDATE leases SET expires_at = clock_timestamp() WHERE key = $1 AND token = $2 AND expires_at > clock_timestamp()`,
};

/** Keeps the key from TAKE and from the removal of old rows, but not from RENEW, which changes no key. */
export const FENCE: Statement = {
  name: 'leases.fence',
  text: `SELECT 1 FROM leases WHERE key = $1 AND token = $2 FOR KEY SHARE`,
};
