import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { publicEvents } from '#platform/kernel/jobs/events.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { changeEndpoint, type Endpoint, type EndpointChange, requireKnown } from '../domain/endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { viewerOf } from './viewer.js';
import { WebhookAddresses } from './webhook-addresses.js';

@Injectable()
export class ChangeEndpoint {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly addresses: WebhookAddresses,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute(principal: Principal, id: string, change: EndpointChange): Promise<Endpoint> {
    const known = publicEvents().map(({ name }) => name);
    requireKnown(change.events ?? [], known);
    if (change.url !== undefined) await this.addresses.require(change.url);

    return this.transaction.run(async () => {
      const changed = await this.endpoints.update(id, viewerOf(principal), (endpoint) =>
        changeEndpoint(endpoint, change, this.clock.now()),
      );
      await this.audit.record({
        type: 'webhook-endpoint.changed',
        subjectId: id,
        details: { fields: Object.keys(change).sort() },
      });
      return changed;
    });
  }
}
