import { Injectable } from '@nestjs/common';
import type { EventDefinition, Events } from '../../kernel/jobs/events.js';
import { Jobs } from '../../kernel/jobs/jobs.js';

/** An event is a job that tells it: one row in the caller's transaction, however many listen. */
@Injectable()
export class OutboxEvents implements Events {
  constructor(private readonly jobs: Jobs) {}

  async publish<Payload>({ telling, payload: schema }: EventDefinition<Payload>, payload: Payload): Promise<void> {
    await this.jobs.enqueue(telling, schema.parse(payload));
  }
}
