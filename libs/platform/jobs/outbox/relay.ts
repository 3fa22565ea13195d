import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { JobQueue, type OpenJob } from '../queue/job-queue.js';

const BATCH = 500;
/**
 * So many wait in Redis at the most, and the rest in Postgres: enough for a second of many workers, and little to publish again when Redis has
 * lost it. Where they wait, priorities count in both.
 */
const MOST_WAITING = 2_000;
const FULL_REST_MS = 100;

/**
 * The order is the index's, so claiming costs the same however many rows wait. Another relay's rows are skipped, not waited for.
 * What runs in order is left alone while an earlier one of its key is open. As an array, which is made once: what stands behind IN, Postgres may
 * ask again for each row, and lock another batch each time.
 */
const CLAIM: Statement = {
  name: 'jobs.claim-unpublished',
  text: `UPDATE jobs SET published_at = now()
         WHERE id = ANY(ARRAY(
           SELECT id FROM jobs AS job WHERE published_at IS NULL AND run_at <= now() AND (order_key IS NULL OR NOT EXISTS (
             SELECT FROM jobs AS earlier WHERE earlier.order_key = job.order_key AND earlier.order_position < job.order_position))
           ORDER BY published_at, priority, run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED))
         RETURNING id, name, traceparent`,
};

/**
 * For the claim alone. A backlog that has just grown is not in the statistics of a table that is usually empty, and Postgres would read and sort
 * all of it for every batch: two seconds at a million jobs.
 */
const ALONG_THE_INDEX: Statement = {
  name: 'jobs.claim-along-the-index',
  text: `SELECT set_config('enable_sort', 'off', true)`,
};

/** Carries rows of the outbox to the queue. Any number of relays may run. */
@Injectable()
export class Relay {
  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
  ) {}

  /** Publishes one batch; true when there is probably more. A failure on the way leaves the rows unpublished. */
  async publishBatch(): Promise<boolean> {
    // Asked first: claiming what cannot be published would rewrite the same rows again and again through an outage.
    if ((await this.queue.countWaiting()) >= MOST_WAITING) {
      await sleep(FULL_REST_MS);
      return true;
    }

    const published = await this.database.transaction(async () => {
      const [, claimed] = await this.database.inOrder(
        () => this.database.query(ALONG_THE_INDEX, []),
        () => this.database.query<OpenJob>(CLAIM, [BATCH]),
      );
      if (claimed.length > 0) await this.queue.publish(claimed);
      return claimed.length;
    });
    return published === BATCH;
  }
}
