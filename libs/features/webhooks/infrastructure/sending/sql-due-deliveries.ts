import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { DueDeliveries, DueEndpoint, Round, Settled, Taken } from '../../application/sending/due-deliveries.js';
import type { DisabledReason } from '../../domain/endpoint.js';
import { EndpointSecrets } from '../endpoint-secrets.js';
import { WEBHOOKS_CHANNEL } from '../sql-deliveries.repository.js';

/** Longer than a call may take: whoever is not back by then has died. */
const LEASE = `interval '30 seconds'`;

/** How many are on their way to one endpoint from one worker; one that fails is asked with one whether it still does. */
const [MOST, MOST_WHILE_FAILING] = [16, 1];

/** One look into an index for each endpoint, however much waits for one of them. */
const ENDPOINTS: Statement = {
  name: 'webhooks.due-endpoints',
  text: `SELECT e.id, e.failing_since IS NOT NULL AS "isFailing" FROM webhook_endpoints e
         WHERE e.disabled_because IS NULL AND EXISTS (
           SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.status = 'pending' AND d.next_attempt_at <= now())`,
};
/** A lease is an attempt in the future: what a worker that died had taken is due again by itself. */
const TAKE: Statement = {
  name: 'webhooks.take-deliveries',
  text: `WITH taken AS (
           UPDATE webhook_deliveries SET next_attempt_at = now() + ${LEASE} WHERE id = ANY(ARRAY(
             SELECT id FROM webhook_deliveries WHERE endpoint_id = $1 AND status = 'pending' AND next_attempt_at <= now()
             ORDER BY next_attempt_at LIMIT (
               SELECT CASE WHEN failing_since IS NULL THEN ${MOST} ELSE ${MOST_WHILE_FAILING} END FROM webhook_endpoints WHERE id = $1)
             FOR UPDATE SKIP LOCKED))
           RETURNING id, message_id, body, attempts, next_attempt_at)
         SELECT e.url, e.secret, CASE WHEN e.previous_secret_until > now() THEN e.previous_secret END AS "previousSecret",
           e.failing_since AS "failingSince", taken.id, taken.message_id AS "messageId", taken.body, taken.attempts,
           taken.next_attempt_at AS lease
         FROM taken JOIN webhook_endpoints e ON e.id = $1 AND e.disabled_because IS NULL`,
};
const LEASED = `d.id = s.id AND d.status = 'pending' AND d.next_attempt_at = s.lease`;
const SETTLE: Statement = {
  name: 'webhooks.settle-deliveries',
  text: `WITH s AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(
             id uuid, lease timestamptz, outcome text, "waitMs" float8,
             "attemptId" uuid, at timestamptz, "durationMs" int, status int, failure text, answer text)),
         settled AS (
           UPDATE webhook_deliveries d SET status = s.outcome, attempts = attempts + 1,
             next_attempt_at = now() + make_interval(secs => s."waitMs" / 1000),
             ended_at = CASE WHEN s.outcome <> 'pending' THEN now() END
           FROM s WHERE ${LEASED})
         INSERT INTO webhook_attempts (id, delivery_id, at, duration_ms, status, failure, answer)
         SELECT s."attemptId", s.id, s.at, s."durationMs", s.status, s.failure, s.answer
         FROM s JOIN webhook_deliveries d ON d.id = s.id`,
};
const GIVE_BACK: Statement = {
  name: 'webhooks.give-back-deliveries',
  text: `WITH given AS (
           UPDATE webhook_deliveries d SET next_attempt_at = now()
           FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, lease timestamptz) WHERE ${LEASED} RETURNING d.id)
         SELECT id, pg_notify('${WEBHOOKS_CHANNEL}', '') FROM given`,
};
const SET_FAILING: Statement = {
  name: 'webhooks.set-failing',
  text: `UPDATE webhook_endpoints SET failing_since = CASE WHEN $2::timestamptz IS NULL THEN NULL ELSE coalesce(failing_since, $2) END
         WHERE id = $1`,
};
const DISABLE: Statement = {
  name: 'webhooks.disable-endpoint',
  text: `UPDATE webhook_endpoints SET disabled_because = $2, updated_at = now() WHERE id = $1 AND disabled_because IS NULL RETURNING id`,
};

type Row = Taken & Pick<Round, 'url' | 'failingSince'> & Readonly<{ secret: Buffer; previousSecret: Buffer | null }>;

@Injectable()
export class SqlDueDeliveries implements DueDeliveries {
  constructor(
    private readonly database: Database,
    private readonly secrets: EndpointSecrets,
  ) {}

  endpoints(): Promise<readonly DueEndpoint[]> {
    return this.database.query<DueEndpoint>(ENDPOINTS);
  }

  async take(endpointId: string): Promise<Round | null> {
    const rows = await this.database.query<Row>(TAKE, [endpointId]);
    const [first] = rows;
    if (!first) return null;

    const { url, failingSince, secret, previousSecret } = first;
    const sealed = previousSecret === null ? [secret] : [secret, previousSecret];
    return {
      url,
      failingSince,
      secrets: sealed.flatMap((each) => this.readable(each, endpointId)),
      deliveries: rows.map(({ id, messageId, body, attempts, lease }) => ({ id, messageId, body, attempts, lease })),
    };
  }

  /** None where APP_SECRET is not that of the rotation: one endpoint must not keep others from being served. */
  private readable(sealed: Buffer, endpointId: string): string[] {
    try {
      return [this.secrets.open(sealed, endpointId)];
    } catch {
      return [];
    }
  }

  async settle(settled: readonly Settled[]): Promise<void> {
    await this.database.query(SETTLE, [JSON.stringify(settled.map(toRow))]);
  }

  async giveBack(taken: readonly Taken[]): Promise<void> {
    await this.database.query(GIVE_BACK, [JSON.stringify(taken.map(({ id, lease }) => ({ id, lease })))]);
  }

  async setFailing(endpointId: string, since: Date | null): Promise<void> {
    await this.database.query(SET_FAILING, [endpointId, since]);
  }

  async disable(endpointId: string, reason: DisabledReason): Promise<boolean> {
    const disabled = await this.database.query(DISABLE, [endpointId, reason]);
    return disabled.length > 0;
  }
}

function toRow({ taken: { id, lease }, attempt: { id: attemptId, ...attempt }, next }: Settled) {
  const isAgain = typeof next === 'number';
  return { id, lease, outcome: isAgain ? 'pending' : next, waitMs: isAgain ? next : null, attemptId, ...attempt };
}
