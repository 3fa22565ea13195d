import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '#platform/kernel/jobs/events.js';
import type { JobHandler } from '#platform/kernel/jobs/jobs.js';
import { RecordDeliveries } from '../application/record-deliveries.js';
import { recordDeliveries } from '../application/webhook.jobs.js';

@Injectable()
export class RecordDeliveriesHandler implements JobHandler<PublishedEvent> {
  readonly job = recordDeliveries;

  constructor(private readonly record: RecordDeliveries) {}

  async handle(event: PublishedEvent): Promise<void> {
    await this.record.execute(event);
  }
}
