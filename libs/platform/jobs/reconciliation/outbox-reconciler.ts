import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Database, type Statement } from '../database/database.js';
import { REDIS } from '../redis/redis.js';
import { JobQueue, type OpenJob } from './job-queue.js';
import { Schedules } from './schedules.js';
import { QUEUE_PREFIX } from './waiting-jobs.js';

const BATCH = 500;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** Holds the run id of the Redis that knows every published job. It disappears together with them. */
export const MARKER_KEY = `${QUEUE_PREFIX}:published-to`;

const READ_PUBLISHED: Statement = {
  name: 'jobs.read-published',
  text: 'SELECT id, name, traceparent FROM jobs WHERE published_at IS NOT NULL AND id > $1 ORDER BY id LIMIT $2',
};

/** Far beyond the longest backoff: what is still open by then was lost one by one, by an eviction for example. */
const CLAIM_OVERDUE: Statement = {
  name: 'jobs.claim-overdue',
  text: `UPDATE jobs SET published_at = now()
         WHERE id IN (SELECT id FROM jobs WHERE published_at < now() - interval '10 minutes'
                      ORDER BY published_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING id, name, traceparent`,
};

/** Publishes again what the queue may have lost. Harmless when it has not: the queue drops ids it knows. */
@Injectable()
export class OutboxReconciler {
  private readonly logger = new Logger(OutboxReconciler.name);
  private areSchedulesKnown = false;

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly schedules: Schedules,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Always false: one round is enough until the next. */
  async reconcile(): Promise<boolean> {
    await this.queue.requireReady();
    const runId = await this.runId();
    const isIntact = (await this.redis.get(MARKER_KEY)) === runId;
    // A new worker may also be a new version, with other schedules.
    if (!isIntact || !this.areSchedulesKnown) await this.schedules.reconcile();
    this.areSchedulesKnown = true;

    if (!isIntact) await this.refill(runId);
    await this.republishOverdue();
    return false;
  }

  /** Redis restarted, failed over or was flushed. The marker is set last: a refill that is interrupted starts over. */
  private async refill(runId: string): Promise<void> {
    let count = 0;
    let last = LOWEST_ID;
    for (let jobs = await this.publishedAfter(last); jobs.length > 0; jobs = await this.publishedAfter(last)) {
      await this.queue.publish(jobs);
      count += jobs.length;
      last = jobs.at(-1)?.id ?? last;
    }
    await this.redis.set(MARKER_KEY, runId);
    if (count > 0) this.logger.warn(`Redis may have lost jobs: ${count} open ones were published again.`);
  }

  private publishedAfter(id: string): Promise<OpenJob[]> {
    return this.database.query<OpenJob>(READ_PUBLISHED, [id, BATCH]);
  }

  private async republishOverdue(): Promise<void> {
    await this.database.transaction(async () => {
      const overdue = await this.database.query<OpenJob>(CLAIM_OVERDUE, [BATCH]);
      if (overdue.length > 0) await this.queue.publish(overdue);
    });
  }

  /** A new one for every start of a Redis server. Some managed services hide it; then only an empty Redis is noticed. */
  private async runId(): Promise<string> {
    const server = await this.redis.info('server');
    return /^run_id:(\w+)/m.exec(server)?.[1] ?? 'hidden';
  }
}
