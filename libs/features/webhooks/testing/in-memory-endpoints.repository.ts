import { newWebhookSecret } from '#platform/http/webhooks/webhook-signature.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { EndpointsRepository, Viewer } from '../application/endpoints.repository.js';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';

export class InMemoryEndpointsRepository implements EndpointsRepository {
  readonly secrets = new Map<string, Readonly<{ secret: string; previous?: string; until?: Date }>>();
  private readonly rows = new Map<string, Endpoint>();

  async add(endpoint: Endpoint): Promise<string> {
    const secret = newWebhookSecret();
    this.rows.set(endpoint.id, endpoint);
    this.secrets.set(endpoint.id, { secret });
    return secret;
  }

  async count(userId: string): Promise<number> {
    return [...this.rows.values()].filter((endpoint) => endpoint.userId === userId).length;
  }

  async find(id: string, viewer: Viewer): Promise<Endpoint | null> {
    const endpoint = this.rows.get(id);
    return endpoint && isVisible(endpoint, viewer) ? endpoint : null;
  }

  async findById(id: string): Promise<Endpoint | null> {
    return this.rows.get(id) ?? null;
  }

  async list(viewer: Viewer, { limit, after }: PageRequest<string>): Promise<Page<Endpoint>> {
    const endpoints = [...this.rows.values()]
      .filter((endpoint) => isVisible(endpoint, viewer) && (after === null || endpoint.id < after))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(endpoints, limit, ({ id }) => id);
  }

  async update(id: string, viewer: Viewer, change: (current: Endpoint) => Endpoint): Promise<Endpoint> {
    const next = change(await this.require(id, viewer));
    this.rows.set(id, next);
    return next;
  }

  async replaceSecret(id: string, until: Date): Promise<string> {
    const secret = newWebhookSecret();
    const current = this.secrets.get(id);
    if (!current) throw new WebhookEndpointNotFound();
    this.secrets.set(id, { secret, previous: current.secret, until });
    return secret;
  }

  async delete(id: string, viewer: Viewer): Promise<void> {
    await this.require(id, viewer);
    this.rows.delete(id);
  }

  async subscribers(event: string, userId: string): Promise<readonly string[]> {
    return [...this.rows.values()]
      .filter((endpoint) => endpoint.disabledBecause === null && endpoint.events.includes(event))
      .filter((endpoint) => endpoint.userId === userId || endpoint.audience === 'everybody')
      .map(({ id }) => id);
  }

  private async require(id: string, viewer: Viewer): Promise<Endpoint> {
    const endpoint = await this.find(id, viewer);
    if (!endpoint) throw new WebhookEndpointNotFound();
    return endpoint;
  }
}

const isVisible = ({ userId, audience }: Endpoint, viewer: Viewer): boolean =>
  userId === viewer.userId || (viewer.everybody && audience === 'everybody');
