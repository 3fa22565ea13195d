import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhookEndpointDisabled } from '../domain/webhook.errors.js';
import { GetEndpoint } from './get-endpoint.js';

/** What is asked to be sent now shall not wait until somebody enables its endpoint again. */
@Injectable()
export class EnabledEndpoint {
  constructor(private readonly getEndpoint: GetEndpoint) {}

  /** @throws WebhookEndpointNotFound, WebhookEndpointDisabled */
  async of(principal: Principal, id: string): Promise<Endpoint> {
    const endpoint = await this.getEndpoint.execute(principal, id);
    if (endpoint.disabledBecause !== null) throw new WebhookEndpointDisabled();
    return endpoint;
  }
}
