import { Injectable, Logger } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { JobQueue, type OpenJob } from '../queue/job-queue.js';
import { Pace } from '../queue/pace.js';
import { QueueContents } from '../queue/queue-contents.js';

const BATCH = 500;
/** Redis loses lists as a whole, so what was published first tells of all. */
const SAMPLE = 3;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

const OLDEST: Statement = {
  name: 'jobs.oldest-published',
  text: `SELECT id FROM jobs WHERE published_at < now() - make_interval(secs => $1) ORDER BY published_at, priority, run_at, id LIMIT $2`,
};
const STILL_OPEN: Statement = { name: 'jobs.still-open', text: 'SELECT id FROM jobs WHERE id = ANY($1::uuid[])' };
const PUBLISHED: Statement = {
  name: 'jobs.published',
  text: 'SELECT id FROM jobs WHERE published_at < now() - make_interval(secs => $1) AND id > $2 ORDER BY id LIMIT $3',
};
/** Rows that a handler is at work on are locked, and not lost; those that another worker has published again meanwhile are younger. */
const CLAIM: Statement = {
  name: 'jobs.claim-lost',
  text: `UPDATE jobs SET published_at = now()
         WHERE id IN (SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND published_at < now() - make_interval(secs => $2) FOR UPDATE SKIP LOCKED)
         RETURNING id, name, traceparent`,
};

/** Open jobs that were published and that Redis does not have any more: it came back empty or older, or evicted what it held. */
@Injectable()
export class LostJobs {
  private readonly logger = new Logger(LostJobs.name);

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly contents: QueueContents,
    private readonly pace: Pace,
  ) {}

  /** Asks for the few that were published first, whatever the length of the queue. */
  async areThere(): Promise<boolean> {
    const oldest = await this.database.query<{ id: string }>(OLDEST, [this.pace.graceMs / 1_000, SAMPLE]);
    if (oldest.length === 0) return false;

    const missing = await this.contents.missing(oldest.map(({ id }) => id));
    // Most of them were done between the two questions.
    return missing.length > 0 && (await this.database.query(STILL_OPEN, [missing])).length > 0;
  }

  /** Publishes all of them again. One that is published twice by mistake is done once all the same. */
  async publishAgain(): Promise<void> {
    const held = await this.contents.ids();
    const readAt = performance.now();
    // What was published after that reading, with a second for clocks, is not among `held` and not lost.
    const age = () => (performance.now() - readAt) / 1_000 + 1;
    let count = 0;
    let last: string | undefined = LOWEST_ID;
    while (last !== undefined) {
      const published: { id: string }[] = await this.database.query<{ id: string }>(PUBLISHED, [age(), last, BATCH]);
      count += await this.publishLost(
        published.map(({ id }) => id).filter((id) => !held.has(id)),
        age(),
      );
      last = published.at(-1)?.id;
    }
    if (count > 0) this.logger.warn(`Redis had lost ${count} jobs; they were published again.`);
  }

  private async publishLost(ids: readonly string[], age: number): Promise<number> {
    if (ids.length === 0) return 0;

    return this.database.transaction(async () => {
      const lost = await this.database.query<OpenJob>(CLAIM, [ids, age]);
      await this.contents.forget(lost.map(({ id }) => id));
      await this.queue.publish(lost);
      return lost.length;
    });
  }
}
