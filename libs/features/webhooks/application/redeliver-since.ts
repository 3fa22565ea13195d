import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { EnabledEndpoint } from './enabled-endpoint.js';

/** After a receiver has lost what it had, or was away for longer than deliveries are tried. */
@Injectable()
export class RedeliverSince {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly enabledEndpoint: EnabledEndpoint,
  ) {}

  /** @returns how many are sent again */
  async execute(principal: Principal, endpointId: string, since: Date): Promise<number> {
    const { id } = await this.enabledEndpoint.of(principal, endpointId);
    return this.deliveries.redeliverSince(id, since);
  }
}
