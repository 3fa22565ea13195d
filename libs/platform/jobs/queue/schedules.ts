import { Injectable } from '@nestjs/common';
import { definedJobs, Jobs } from '../../kernel/jobs/jobs.js';
import { JobQueue } from './job-queue.js';
import { QueueContents } from './queue-contents.js';

/** A tick that is so late is looked for: it may have been lost, and with it all that would follow. */
const LATE_MS = 60_000;

/** Jobs that run by themselves. Redis holds the clock, so that a tick happens once however many workers there are. */
@Injectable()
export class Schedules {
  constructor(
    private readonly queue: JobQueue,
    private readonly contents: QueueContents,
    private readonly jobs: Jobs,
  ) {}

  /** Makes Redis hold exactly the schedules that the code declares. Once for each worker: two versions at work would undo each other's. */
  async reconcile(): Promise<void> {
    const [declared, known] = [declaredSchedules(), await this.known()];

    for (const name of known.keys()) {
      if (!declared.has(name)) await this.queue.bullmq.removeJobScheduler(name);
    }
    for (const [name, every] of declared) {
      if (known.get(name)?.every !== every) await this.make(name, every);
    }
  }

  /**
   * Makes those again that Redis has lost, whole or the next tick of them. Never one whose tick waits, however late, behind other jobs:
   * BullMQ would move it to the end of the queue, again and again.
   */
  async restore(): Promise<void> {
    const known = await this.known();
    for (const [name, every] of declaredSchedules()) {
      const next = known.get(name)?.next ?? 0;
      if (next < Date.now() - LATE_MS && (await this.isLost(name, next))) await this.make(name, every);
    }
  }

  /** A tick only writes the outbox: from there the job has the retries, the trace and the dead letter of any other. */
  async tick(name: string): Promise<void> {
    const job = definedJobs().get(name);
    if (job) await this.jobs.enqueue(job, {});
  }

  private async isLost(name: string, next: number): Promise<boolean> {
    const tick = `repeat:${name}:${next}`;
    const [missing] = await this.contents.missing([tick]);
    // Taken and done between the two questions: then BullMQ has moved on to the next one.
    if (missing === undefined || ((await this.known()).get(name)?.next ?? 0) !== next) return false;

    await this.contents.forget([tick]);
    return true;
  }

  private async known() {
    return new Map((await this.queue.bullmq.getJobSchedulers()).map((schedule) => [schedule.key, schedule]));
  }

  private async make(name: string, every: number): Promise<void> {
    await this.queue.bullmq.upsertJobScheduler(name, { every }, { name, data: { traceparent: null } });
  }
}

/** Milliseconds between two runs, by the name of the job. */
function declaredSchedules(): ReadonlyMap<string, number> {
  const recurring = [...definedJobs().values()].filter(({ everySeconds }) => everySeconds !== undefined);
  return new Map(recurring.map(({ name, everySeconds = 0 }) => [name, everySeconds * 1_000]));
}
