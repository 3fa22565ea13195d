import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhookEndpointNotFound } from '../domain/webhook.errors.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { viewerOf } from './viewer.js';

@Injectable()
export class GetEndpoint {
  constructor(private readonly endpoints: EndpointsRepository) {}

  async execute(principal: Principal, id: string): Promise<Endpoint> {
    const endpoint = await this.endpoints.find(id, viewerOf(principal));
    if (!endpoint) throw new WebhookEndpointNotFound();
    return endpoint;
  }
}
