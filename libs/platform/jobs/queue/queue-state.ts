import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { QUEUE_NAME, WaitingJobs } from './waiting-jobs.js';

/** Counting stops where the number no longer changes what anybody does about it. */
const MAX_COUNT = 100_000;

/** For probes, which come every few seconds. */
const MAX_PROBED = 10_000;
const COUNT_OPEN: Statement = {
  name: 'jobs.count-open',
  text: `SELECT count(*) AS open FROM (SELECT FROM jobs LIMIT ${MAX_PROBED}) AS open`,
};

const MEASURE: Statement = {
  name: 'jobs.measure-backlog',
  text: `SELECT (SELECT count(*) FROM (SELECT FROM jobs LIMIT ${MAX_COUNT}) AS open) AS open,
                (SELECT count(*) FROM (SELECT FROM jobs WHERE run_at <= now() LIMIT ${MAX_COUNT}) AS due) AS due,
                (SELECT count(*) FROM (SELECT FROM dead_letters LIMIT ${MAX_COUNT}) AS dead) AS "deadLetters",
                coalesce((SELECT extract(epoch FROM now() - created_at) FROM jobs ORDER BY id LIMIT 1), 0)::float8 AS "oldestAgeSeconds"`,
};

export type Backlog = Readonly<{
  /** Jobs that are not done yet, at most 100,000. */
  open: number;
  /** Those of them that need not wait for their time, at most 100,000: what workers have to do. */
  due: number;
  /** Age of the oldest open job, 0 when there is none. */
  oldestAgeSeconds: number;
  /** Jobs given up and not yet looked at, at most 100,000. */
  deadLetters: number;
}>;

/** `waiting`: those of the open jobs that the queue holds and no worker has taken; null while Redis does not answer. */
export type State = Backlog & Readonly<{ name: string; waiting: number | null }>;

/** How much work waits and for how long, read from Postgres, where all of it is. */
@Injectable()
export class QueueState {
  constructor(
    private readonly database: Database,
    private readonly waitingJobs: WaitingJobs,
  ) {}

  async backlog(): Promise<Backlog> {
    const [row] = await this.database.query<Backlog>(MEASURE);
    return row as Backlog;
  }

  /** Jobs that are not done yet, at most 10,000: a few milliseconds at the most. */
  async countOpen(): Promise<number> {
    const [row] = await this.database.query<{ open: number }>(COUNT_OPEN);
    return row?.open ?? 0;
  }

  async all(): Promise<readonly State[]> {
    const [backlog, waiting] = await Promise.all([this.backlog(), this.waitingJobs.count().catch(() => null)]);
    return [{ name: QUEUE_NAME, ...backlog, waiting }];
  }
}
