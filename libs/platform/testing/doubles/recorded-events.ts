import type { EventDefinition, Events } from '#platform/kernel/jobs/events.js';

/** Remembers what was published instead of telling anybody. */
export class RecordedEvents implements Events {
  readonly published: { name: string; payload: unknown }[] = [];

  async publish<Payload>({ name, payload: schema }: EventDefinition<Payload>, payload: Payload): Promise<void> {
    this.published.push({ name, payload: schema.parse(payload) });
  }
}
