import type { Enqueued, JobDefinition, Jobs } from '#platform/kernel/jobs/jobs.js';

/** Remembers what was enqueued instead of writing the outbox. Refuses a payload that the worker could not read, as the real one does. */
export class RecordedJobs implements Jobs {
  readonly enqueued: { name: string; payload: unknown }[] = [];

  async enqueue<Payload>(job: JobDefinition<Payload>, payload: Payload): Promise<Enqueued> {
    this.enqueued.push({ name: job.name, payload: job.payload.parse(payload) });
    return 'enqueued';
  }
}
