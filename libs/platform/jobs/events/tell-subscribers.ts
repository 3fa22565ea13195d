import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  definedEvents,
  type EventDefinition,
  type PublishedEvent,
  subscriptionsTo,
  subscriptionsToPublicEvents,
} from '../../kernel/jobs/events.js';
import { type JobHandler, Jobs } from '../../kernel/jobs/jobs.js';
import { timeOfId } from '../../kernel/values/ids.js';

/** The subscriber reads it with its own schema, and if it cannot, the failure is its own. */
const AS_STORED = z.unknown();

/** Makes a job of an event for each who subscribes to it, all in the transaction that retires the event. */
@Injectable()
export class TellSubscribers {
  constructor(private readonly jobs: Jobs) {}

  /** The handlers of all events. */
  handlers(): JobHandler<unknown>[] {
    return [...definedEvents().values()].map((event) => ({
      job: event.telling,
      handle: (payload, { id }) => this.tell(event, id, payload),
    }));
  }

  private async tell(event: EventDefinition<unknown>, id: string, payload: unknown): Promise<void> {
    for (const job of subscriptionsTo(event.name)) await this.jobs.enqueue({ ...job, payload: AS_STORED }, payload);

    const published = asPublished(event, id, payload);
    if (published === null) return;
    for (const job of subscriptionsToPublicEvents()) await this.jobs.enqueue({ ...job, payload: AS_STORED }, published);
  }
}

/** The job that tells it has existed since it was published, and its id stays. */
function asPublished({ name, webhook }: EventDefinition<unknown>, id: string, payload: unknown): PublishedEvent | null {
  if (!webhook) return null;
  return { id, name, publishedAt: timeOfId(id).toISOString(), userId: webhook.userId(payload), payload };
}
