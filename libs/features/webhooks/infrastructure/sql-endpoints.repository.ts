import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { newWebhookSecret } from '#platform/http/webhooks/webhook-signature.js';
import { MAX_ID } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { EndpointsRepository, Viewer } from '../application/endpoints.repository.js';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { EndpointSecrets } from './endpoint-secrets.js';

const COLUMNS = `id, user_id AS "userId", url, description, events, audience, disabled_because AS "disabledBecause",
  failing_since AS "failingSince", created_at AS "createdAt", updated_at AS "updatedAt"`;
const VISIBLE = `(user_id = $1 OR ($2 AND audience = 'everybody'))`;

const ADD: Statement = {
  name: 'webhooks.add-endpoint',
  text: `INSERT INTO webhook_endpoints (id, user_id, url, description, events, audience, secret, disabled_because, failing_since, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};
/** Those who add at the same time wait for each other, or they would be too many together. */
const COUNT: Statement = {
  name: 'webhooks.count-endpoints',
  text: `SELECT count(*) AS count, (SELECT pg_advisory_xact_lock(hashtextextended('webhook endpoints of ' || $1::uuid, 0)))
         FROM webhook_endpoints WHERE user_id = $1`,
};
const FIND: Statement = {
  name: 'webhooks.find-endpoint',
  text: `SELECT ${COLUMNS} FROM webhook_endpoints WHERE ${VISIBLE} AND id = $3`,
};
const FIND_BY_ID: Statement = {
  name: 'webhooks.find-endpoint-by-id',
  text: `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = $1`,
};
const LOCK: Statement = { name: 'webhooks.lock-endpoint', text: `${FIND.text} FOR UPDATE` };
const LIST: Statement = {
  name: 'webhooks.list-endpoints',
  text: `SELECT ${COLUMNS} FROM webhook_endpoints WHERE ${VISIBLE} AND id < $3 ORDER BY id DESC LIMIT $4`,
};
const UPDATE: Statement = {
  name: 'webhooks.update-endpoint',
  text: `UPDATE webhook_endpoints SET url = $2, description = $3, events = $4, disabled_because = $5, failing_since = $6, updated_at = $7
         WHERE id = $1`,
};
const REPLACE_SECRET: Statement = {
  name: 'webhooks.replace-secret',
  text: `UPDATE webhook_endpoints SET previous_secret = secret, previous_secret_until = $3, secret = $2, updated_at = now()
         WHERE id = $1 RETURNING id`,
};
const DELETE: Statement = {
  name: 'webhooks.delete-endpoint',
  text: `DELETE FROM webhook_endpoints WHERE ${VISIBLE} AND id = $3 RETURNING id`,
};
const SUBSCRIBERS: Statement = {
  name: 'webhooks.subscribers',
  text: `SELECT webhook_endpoints.id FROM webhook_endpoints JOIN users ON users.id = user_id
         WHERE (user_id = $2 OR audience = 'everybody') AND $1 = ANY(events) AND disabled_because IS NULL
           AND users.status = 'active' AND users.deleted_at IS NULL`,
};

@Injectable()
export class SqlEndpointsRepository implements EndpointsRepository {
  constructor(
    private readonly database: Database,
    private readonly secrets: EndpointSecrets,
  ) {}

  async add(endpoint: Endpoint): Promise<string> {
    const secret = newWebhookSecret();
    const { id, userId, url, description, events, audience } = endpoint;
    const { disabledBecause, failingSince, createdAt, updatedAt } = endpoint;
    const state = [this.secrets.seal(secret, id), disabledBecause, failingSince, createdAt, updatedAt];
    await this.database.query(ADD, [id, userId, url, description, events, audience, ...state]);
    return secret;
  }

  async count(userId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT, [userId]);
    return Number(row?.count ?? 0);
  }

  async find(id: string, { userId, everybody }: Viewer): Promise<Endpoint | null> {
    const [endpoint] = await this.database.query<Endpoint>(FIND, [userId, everybody, id]);
    return endpoint ?? null;
  }

  async findById(id: string): Promise<Endpoint | null> {
    const [endpoint] = await this.database.query<Endpoint>(FIND_BY_ID, [id]);
    return endpoint ?? null;
  }

  async list({ userId, everybody }: Viewer, { limit, after }: PageRequest<string>): Promise<Page<Endpoint>> {
    const rows = await this.database.query<Endpoint>(LIST, [userId, everybody, after ?? MAX_ID, limit + 1]);
    return pageOf(rows, limit, ({ id }) => id);
  }

  update(id: string, { userId, everybody }: Viewer, change: (current: Endpoint) => Endpoint): Promise<Endpoint> {
    return this.database.transaction(async () => {
      const [current] = await this.database.query<Endpoint>(LOCK, [userId, everybody, id]);
      if (!current) throw new WebhookEndpointNotFound();

      const next = change(current);
      const { url, description, events, disabledBecause, failingSince, updatedAt } = next;
      await this.database.query(UPDATE, [id, url, description, events, disabledBecause, failingSince, updatedAt]);
      return next;
    });
  }

  async replaceSecret(id: string, until: Date): Promise<string> {
    const secret = newWebhookSecret();
    const replaced = await this.database.query(REPLACE_SECRET, [id, this.secrets.seal(secret, id), until]);
    if (replaced.length === 0) throw new WebhookEndpointNotFound();
    return secret;
  }

  async delete(id: string, { userId, everybody }: Viewer): Promise<void> {
    const deleted = await this.database.query(DELETE, [userId, everybody, id]);
    if (deleted.length === 0) throw new WebhookEndpointNotFound();
  }

  async subscribers(event: string, userId: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(SUBSCRIBERS, [event, userId]);
    return rows.map(({ id }) => id);
  }
}
