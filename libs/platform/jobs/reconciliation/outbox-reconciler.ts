import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../redis/redis.js';
import { JobQueue } from '../queue/job-queue.js';
import { QUEUE_PREFIX } from '../queue/waiting-jobs.js';
import { LostJobs } from './lost-jobs.js';

/** Holds the run id of the Redis that knows every published job. It disappears together with them. */
export const MARKER_KEY = `${QUEUE_PREFIX}:published-to`;

/** A script, because it runs where its key is: of a cluster that node counts which holds the queue. */
const ASK_SERVER = "return redis.call('INFO', 'server')";

/** Makes Redis hold what Postgres says: the open jobs. */
@Injectable()
export class OutboxReconciler {
  constructor(
    private readonly queue: JobQueue,
    private readonly lostJobs: LostJobs,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Always false: one round is enough until the next. */
  async reconcile(): Promise<boolean> {
    await this.queue.requireReady();
    const runId = await this.runId();
    // Redis restarted, failed over or was flushed: no need to wait until jobs are overdue.
    const isIntact = (await this.redis.get(MARKER_KEY)) === runId;

    if (!isIntact || (await this.lostJobs.areThere())) await this.lostJobs.publishAgain();
    // Set last: what is interrupted starts over.
    if (!isIntact) await this.redis.set(MARKER_KEY, runId);
    return false;
  }

  /** A new one for every start of a Redis server. Some managed services hide it; then only an empty Redis is noticed at once. */
  private async runId(): Promise<string> {
    const server = await this.redis.eval(ASK_SERVER, 1, MARKER_KEY);
    return /^run_id:(\w+)/m.exec(String(server))?.[1] ?? 'hidden';
  }
}
