import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { inWorkload } from '../../database/pool/workload.js';
import { isId } from '../../kernel/values/ids.js';
import type { QueuedJob } from '../queue/job-queue.js';
import { Pace } from '../queue/pace.js';
import { failureText } from './failure-text.js';
import { type Carried, JobTelemetry } from './job-telemetry.js';
import { type Delivery, JobNotClaimed, JobTransaction, type Run } from './job-transaction.js';

/** While Postgres is away each of the worker's places tries one job in this time, and no job loses an attempt. */
const PAUSE_MS = 2_000;
/** When a delivery comes again that met another one at work, or as many as may be. Until then it takes no place. */
const HELD_DELAY_MS = 2_000;

export type QueueJob = Job<QueuedJob, void, string>;
/** BullMQ's types do not know that all of it may be lost. */
type Lossy = Readonly<{ name: string | undefined; data: Partial<QueuedJob> }>;

/** Between BullMQ's words and ours. What `process` throws decides what BullMQ does next: try again later, or hand the job back. */
@Injectable()
export class QueueJobProcessor {
  constructor(
    private readonly jobTransaction: JobTransaction,
    private readonly telemetry: JobTelemetry,
    private readonly pace: Pace,
  ) {}

  async process(job: QueueJob, token: string | undefined, signal: AbortSignal): Promise<void> {
    // Nothing that this worker published.
    if (!isId(String(job.id))) return;

    const { outcome } = await this.run(job, token, signal);
    if (outcome === 'held' || outcome === 'full') await this.putOff(job, token, HELD_DELAY_MS);
    if (outcome === 'unknown') await this.offerAgain(job, token);
  }

  /** For a job that BullMQ gave up by itself, because it was running each time a worker died. Never throws. */
  async giveUp(job: QueueJob): Promise<void> {
    const delivery = deliveryOf(job, AbortSignal.abort());
    const error = new Error(job.deferredFailure);
    // If this fails the row stays open and is published again later.
    await this.observe(job, delivery, () => this.jobTransaction.giveUp(delivery.id, delivery.attempt, error)).catch(
      () => undefined,
    );
  }

  /** To other workers, for as long as a release may take. Redis remembers since when; should it forget, that begins anew. */
  private async offerAgain(job: QueueJob, token: string | undefined): Promise<void> {
    const { unknownSince = Date.now(), traceparent = null }: Lossy['data'] = job.data;
    if (Date.now() - unknownSince >= this.pace.unknownMs) {
      const minutes = Math.round(this.pace.unknownMs / 60_000);
      const delivery = deliveryOf(job, AbortSignal.abort());
      const error = new Error(`No worker has known this job for ${minutes} minutes.`);
      await this.observe(job, delivery, () => this.jobTransaction.giveUp(delivery.id, 0, error));
      return;
    }
    await job.updateData({ traceparent, unknownSince });
    await this.putOff(job, token, this.pace.unknownRestMs);
  }

  private async putOff(job: QueueJob, token: string | undefined, milliseconds: number): Promise<never> {
    await job.moveToDelayed(Date.now() + milliseconds, token);
    throw new DelayedError();
  }

  /**
   * Its name and trace; from its row, when Redis has lost them. Before the run, which waits for a connection in the name of the job.
   * Without Postgres they stay unknown, as the run is going to tell.
   */
  private async carriedBy(job: QueueJob): Promise<Carried> {
    const { name, data }: Lossy = job;
    if (name !== undefined) return { name, traceparent: data.traceparent ?? null };

    const row = await this.jobTransaction.findOpen(String(job.id)).catch(() => undefined);
    return { name: row?.name, traceparent: row?.traceparent ?? null };
  }

  /** Under the job's name: in logs and traces, and where connections are short. */
  private async observe(job: QueueJob, delivery: Delivery, work: () => Promise<Run>): Promise<Run> {
    const carried = await this.carriedBy(job);
    const { name } = carried;
    return this.telemetry.observe(delivery, carried, () => (name === undefined ? work() : inWorkload(name, work)));
  }

  private async run(job: QueueJob, token: string | undefined, signal: AbortSignal): Promise<Run> {
    const delivery = deliveryOf(job, signal);
    try {
      return await this.observe(job, delivery, () => this.jobTransaction.execute(delivery));
    } catch (error) {
      if (error instanceof JobNotClaimed) await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      // BullMQ stores message and stack in Redis, where nothing of the job's data may rest.
      else if (!signal.aborted) throw new Error(failureText(error));

      await job.moveToWait(token);
      throw new WaitingError();
    }
  }
}

function deliveryOf(job: QueueJob, signal: AbortSignal): Delivery {
  return { id: String(job.id), attempt: job.attemptsMade + 1, signal };
}
