import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { DueDeliveries, DueEndpoint, Round, Settled, Taken } from '../../application/sending/due-deliveries.js';
import type { DisabledReason } from '../../domain/endpoint.js';
import { EndpointSecrets } from '../endpoint-secrets.js';
import { WEBHOOKS_CHANNEL } from '../sql-deliveries.repository.js';

/** Longer than a round may take: whoever is not back by then has died. */
const LEASE = `interval '30 seconds'`;
/** Who sends again by hand may make more than the schedule does. */
const MOST_ATTEMPTS_KEPT = 20;
/** How many are on their way to one endpoint; one that fails is asked with one whether it still does. */
const [MOST, MOST_WHILE_FAILING] = [16, 1];

const DUE = `d.endpoint_id = e.id AND d.status = 'pending' AND d.next_attempt_at <= now()`;
/** One look into an index for each endpoint, however much waits for one of them: a join would read all that is due. */
const ENDPOINTS: Statement = {
  name: 'webhooks.due-endpoints',
  text: `SELECT e.id, e.failing_since IS NOT NULL AS "isFailing" FROM webhook_endpoints e
         CROSS JOIN LATERAL (SELECT FROM webhook_deliveries d WHERE ${DUE} LIMIT 1) AS due
         WHERE e.disabled_because IS NULL AND (e.leased_until IS NULL OR e.leased_until < now())`,
};
const TAKE: Statement = {
  name: 'webhooks.take-deliveries',
  text: `WITH e AS (
           UPDATE webhook_endpoints SET leased_until = now() + ${LEASE}, lease_holder = $2
           WHERE id = $1 AND disabled_because IS NULL AND (lease_holder = $2 OR leased_until IS NULL OR leased_until < now())
           RETURNING id, url, secret, failing_since, CASE WHEN previous_secret_until > now() THEN previous_secret END AS previous_secret)
         SELECT e.url, e.secret, e.previous_secret AS "previousSecret", e.failing_since AS "failingSince",
           due.id, due.message_id AS "messageId", due.body, due.attempts
         FROM e CROSS JOIN LATERAL (
           SELECT id, message_id, body, attempts FROM webhook_deliveries d WHERE ${DUE} ORDER BY next_attempt_at
           LIMIT CASE WHEN e.failing_since IS NULL THEN ${MOST} ELSE ${MOST_WHILE_FAILING} END) AS due`,
};
const SETTLE: Statement = {
  name: 'webhooks.settle-deliveries',
  text: `WITH s AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(
             id uuid, attempts int, status text, "waitMs" float8, attempt jsonb))
         UPDATE webhook_deliveries d SET status = s.status, attempts = s.attempts + 1,
           next_attempt_at = now() + make_interval(secs => s."waitMs" / 1000),
           ended_at = CASE WHEN s.status <> 'pending' THEN now() END,
           log = jsonb_build_array(s.attempt) || (d.log - ${MOST_ATTEMPTS_KEPT - 1})
         FROM s WHERE d.id = s.id AND d.status = 'pending' AND d.attempts = s.attempts`,
};
/** Others hear that something may be due there. */
const RELEASE: Statement = {
  name: 'webhooks.release-endpoint',
  text: `WITH released AS (
           UPDATE webhook_endpoints SET leased_until = NULL, lease_holder = NULL WHERE id = $1 AND lease_holder = $2 RETURNING id)
         SELECT id, pg_notify('${WEBHOOKS_CHANNEL}', '') FROM released`,
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
  private readonly holder = randomUUID();

  constructor(
    private readonly database: Database,
    private readonly secrets: EndpointSecrets,
  ) {}

  endpoints(): Promise<readonly DueEndpoint[]> {
    return this.database.query<DueEndpoint>(ENDPOINTS);
  }

  async take(endpointId: string): Promise<Round | null> {
    const rows = await this.database.query<Row>(TAKE, [endpointId, this.holder]);
    const [first] = rows;
    if (!first) return null;

    const { url, failingSince, secret, previousSecret } = first;
    const sealed = previousSecret === null ? [secret] : [secret, previousSecret];
    return {
      url,
      failingSince,
      secrets: sealed.flatMap((each) => this.readable(each, endpointId)),
      deliveries: rows.map(({ id, messageId, body, attempts }) => ({ id, messageId, body, attempts })),
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

  async release(endpointId: string): Promise<void> {
    await this.database.query(RELEASE, [endpointId, this.holder]);
  }

  async setFailing(endpointId: string, since: Date | null): Promise<void> {
    await this.database.query(SET_FAILING, [endpointId, since]);
  }

  async disable(endpointId: string, reason: DisabledReason): Promise<boolean> {
    const disabled = await this.database.query(DISABLE, [endpointId, reason]);
    return disabled.length > 0;
  }
}

function toRow({ taken: { id, attempts }, attempt, next }: Settled) {
  const isAgain = typeof next === 'number';
  return { id, attempts, status: isAgain ? 'pending' : next, waitMs: isAgain ? next : null, attempt };
}
