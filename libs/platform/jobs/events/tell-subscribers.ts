import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { definedEvents, subscriptionsTo } from '../../kernel/jobs/events.js';
import { type JobHandler, Jobs } from '../../kernel/jobs/jobs.js';

/** The subscriber reads it with its own schema, and if it cannot, the failure is its own. */
const AS_STORED = z.unknown();

/** Makes a job of an event for each who subscribes to it, all in the transaction that retires the event. */
@Injectable()
export class TellSubscribers {
  constructor(private readonly jobs: Jobs) {}

  /** The handlers of all events. */
  handlers(): JobHandler<unknown>[] {
    return [...definedEvents().values()].map(({ name, telling }) => ({
      job: telling,
      handle: (payload) => this.tell(name, payload),
    }));
  }

  private async tell(event: string, payload: unknown): Promise<void> {
    for (const job of subscriptionsTo(event)) await this.jobs.enqueue({ ...job, payload: AS_STORED }, payload);
  }
}
