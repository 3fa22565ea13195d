import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { type Delivery, requireEnded } from '../domain/delivery.js';
import { WebhookDeliveryNotFound } from '../domain/webhook.errors.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { EnabledEndpoint } from './enabled-endpoint.js';
import { viewerOf } from './viewer.js';

/** Sends again what was delivered or given up: under its old id, by which the receiver knows it. */
@Injectable()
export class Redeliver {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly enabledEndpoint: EnabledEndpoint,
  ) {}

  async execute(principal: Principal, id: string): Promise<Delivery> {
    const delivery = await this.find(principal, id);
    requireEnded(delivery);
    await this.enabledEndpoint.of(principal, delivery.endpointId);
    await this.deliveries.redeliver(id);
    return this.find(principal, id);
  }

  private async find(principal: Principal, id: string): Promise<Delivery> {
    const delivery = await this.deliveries.find(id, viewerOf(principal));
    if (!delivery) throw new WebhookDeliveryNotFound();
    return delivery;
  }
}
