import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { publicEvents } from '#platform/kernel/jobs/events.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { newId } from '#platform/kernel/values/ids.js';
import {
  type Endpoint,
  type EndpointWish,
  MOST_ENDPOINTS,
  makeEndpoint,
  requireAudience,
  requireKnown,
} from '../domain/endpoint.js';
import { WebhookEndpointsTooMany } from '../domain/webhook.errors.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { hearEverybody } from './webhook.permissions.js';
import { WebhookAddresses } from './webhook-addresses.js';

export type NewEndpoint = Endpoint & Readonly<{ secret: string }>;

@Injectable()
export class CreateEndpoint {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly addresses: WebhookAddresses,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute(maker: Principal, wish: EndpointWish): Promise<NewEndpoint> {
    requireAudience(maker, wish.audience, hearEverybody.name);
    const known = publicEvents().map(({ name }) => name);
    requireKnown(wish.events, known);
    await this.addresses.require(wish.url);

    const endpoint = makeEndpoint(wish, maker, newId(), this.clock.now());
    return this.transaction.run(async () => {
      if ((await this.endpoints.count(maker.id)) >= MOST_ENDPOINTS) throw new WebhookEndpointsTooMany();
      const secret = await this.endpoints.add(endpoint);
      const { events, audience } = endpoint;
      await this.audit.record({
        type: 'webhook-endpoint.created',
        subjectId: endpoint.id,
        details: { events, audience },
      });
      return { ...endpoint, secret };
    });
  }
}
