import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { Delivery } from '../domain/delivery.js';
import { testMessage } from '../domain/message.js';
import { WebhookDeliveryNotFound } from '../domain/webhook.errors.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { EnabledEndpoint } from './enabled-endpoint.js';
import { viewerOf } from './viewer.js';

/** An event that never was, to this endpoint alone: whoever writes a receiver sees it arrive. */
@Injectable()
export class SendTestEvent {
  constructor(
    private readonly enabledEndpoint: EnabledEndpoint,
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  async execute(principal: Principal, endpointId: string): Promise<Delivery> {
    const endpoint = await this.enabledEndpoint.of(principal, endpointId);
    const now = this.clock.now();
    const [id] = await this.deliveries.add(testMessage(newId(), endpoint.id, now), [endpoint.id], now);
    const delivery = await this.deliveries.find(String(id), viewerOf(principal));
    if (!delivery) throw new WebhookDeliveryNotFound();
    return delivery;
  }
}
