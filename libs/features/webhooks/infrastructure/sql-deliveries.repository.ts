import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { firstIdAt, MAX_ID, newId } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { DeliveriesRepository, DeliveryFilter } from '../application/deliveries.repository.js';
import type { Viewer } from '../application/endpoints.repository.js';
import type { Attempt, Delivery } from '../domain/delivery.js';
import type { Message } from '../domain/message.js';

/** What idle senders listen to. */
export const WEBHOOKS_CHANNEL = 'webhooks';

const COLUMNS = `d.id, d.endpoint_id AS "endpointId", d.message_id AS "messageId", d.event, d.status, d.created_at AS "createdAt",
  d.next_attempt_at AS "nextAttemptAt", d.ended_at AS "endedAt", d.log AS attempts`;
const FROM = 'FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id';
const VISIBLE = `(e.user_id = $1 OR ($2 AND e.audience = 'everybody'))`;

const ADD: Statement = {
  name: 'webhooks.add-deliveries',
  text: `WITH added AS (
           INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, body, status, next_attempt_at, created_at)
           SELECT delivery, endpoint, $3, $4, $5, 'pending', now(), $6
           FROM unnest($1::uuid[], $2::uuid[]) AS new(delivery, endpoint)
           ON CONFLICT (endpoint_id, message_id) DO NOTHING RETURNING id)
         SELECT id, pg_notify('${WEBHOOKS_CHANNEL}', '') FROM added`,
};
const FIND: Statement = {
  name: 'webhooks.find-delivery',
  text: `SELECT ${COLUMNS} ${FROM} WHERE ${VISIBLE} AND d.id = $3`,
};
const LIST: Statement = {
  name: 'webhooks.list-deliveries',
  text: `SELECT ${COLUMNS} ${FROM} WHERE ${VISIBLE} AND d.id < $3
           AND ($4::uuid IS NULL OR d.endpoint_id = $4) AND ($5::text IS NULL OR d.status = $5) ORDER BY d.id DESC LIMIT $6`,
};
const AGAIN = `UPDATE webhook_deliveries SET status = 'pending', attempts = 0, next_attempt_at = now(), ended_at = NULL`;
const REDELIVER: Statement = {
  name: 'webhooks.redeliver',
  text: `WITH due AS (${AGAIN} WHERE id = $1 AND status <> 'pending' RETURNING id)
         SELECT id, pg_notify('${WEBHOOKS_CHANNEL}', '') FROM due`,
};
const REDELIVER_SINCE: Statement = {
  name: 'webhooks.redeliver-since',
  text: `WITH due AS (${AGAIN} WHERE endpoint_id = $1 AND id >= $2 AND created_at >= $3 AND status <> 'pending' RETURNING id)
         SELECT id, pg_notify('${WEBHOOKS_CHANNEL}', '') FROM due`,
};
/** An id is made a moment before or after its time is read; a minute covers it, and the exact bound decides. */
const ID_SLACK_MS = 60_000;

type Row = Omit<Delivery, 'attempts'> & Readonly<{ attempts: readonly (Attempt & { at: Date | string })[] }>;

@Injectable()
export class SqlDeliveriesRepository implements DeliveriesRepository {
  constructor(private readonly database: Database) {}

  async add({ id: messageId, event, body }: Message, endpointIds: readonly string[], now: Date) {
    const ids = endpointIds.map(newId);
    const added = await this.database.query<{ id: string }>(ADD, [ids, endpointIds, messageId, event, body, now]);
    return added.map(({ id }) => id);
  }

  async find(id: string, { userId, everybody }: Viewer): Promise<Delivery | null> {
    const [row] = await this.database.query<Row>(FIND, [userId, everybody, id]);
    return row ? toDelivery(row) : null;
  }

  async list(viewer: Viewer, { endpointId, status }: DeliveryFilter, { limit, after }: PageRequest<string>) {
    const values = [viewer.userId, viewer.everybody, after ?? MAX_ID, endpointId ?? null, status ?? null, limit + 1];
    const rows = await this.database.query<Row>(LIST, values);
    return pageOf(rows.map(toDelivery), limit, ({ id }) => id) satisfies Page<Delivery>;
  }

  async redeliver(id: string): Promise<void> {
    await this.database.query(REDELIVER, [id]);
  }

  async redeliverSince(endpointId: string, since: Date): Promise<number> {
    const earliestId = firstIdAt(new Date(since.getTime() - ID_SLACK_MS));
    const again = await this.database.query(REDELIVER_SINCE, [endpointId, earliestId, since]);
    return again.length;
  }
}

/** Dates within JSON are text. */
function toDelivery({ attempts, ...delivery }: Row): Delivery {
  return { ...delivery, attempts: attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at) })) };
}
