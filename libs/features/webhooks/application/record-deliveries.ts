import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { PublishedEvent } from '#platform/kernel/jobs/events.js';
import { messageOf } from '../domain/message.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { EndpointsRepository } from './endpoints.repository.js';

@Injectable()
export class RecordDeliveries {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  /** One for each endpoint that hears of the event, however often it is told. */
  async execute(event: PublishedEvent): Promise<void> {
    const endpointIds = await this.endpoints.subscribers(event.name, event.userId);
    if (endpointIds.length > 0) await this.deliveries.add(messageOf(event), endpointIds, this.clock.now());
  }
}
