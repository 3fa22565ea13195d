import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { failureCodes } from '../../database/failures/failure-codes.js';
import type { JobContext } from '../../kernel/jobs/jobs.js';
import { SqlDeadLetters } from '../outbox/sql-dead-letters.js';
import type { OpenJob } from '../queue/job-queue.js';
import { policyOf } from '../queue/policy.js';
import { failureText } from './failure-text.js';
import { JobHandlers } from './job-handlers.js';
import { JobPlaces } from './job-places.js';
import { withinTime } from './within-time.js';

/** One delivery by the queue, which knows the job by its id. The same job may be delivered more often than it is enqueued. */
export type Delivery = JobContext;

/**
 * `skipped`: another delivery did the work already. `held`: another one is at work, so this one has to come again, should that one fail.
 * `full`: as many of this job run as may. `unknown`: this worker is older than the job. The last three were no attempts.
 */
export type Outcome = 'done' | 'skipped' | 'held' | 'full' | 'unknown' | 'dead';
export type Run = Readonly<{ outcome: Outcome; error?: unknown }>;

type Row = Readonly<{ name: string; payload: unknown; orderKey: string | null }>;

/** No retry will help. */
class UnreadableJob extends Error {
  override readonly name = 'UnreadableJob';
}

/** The job could not even be claimed, so this was no attempt at it. The cause says why. */
export class JobNotClaimed extends Error {
  override readonly name = 'JobNotClaimed';
}

/** Ends the transaction that claimed the job, so that it stays open for another time or another worker. */
class NotNow extends Error {
  override readonly name = 'NotNow';

  constructor(readonly outcome: 'full' | 'unknown') {
    super(outcome);
  }
}

/**
 * Waits for the holder of the row, for DATABASE_LOCK_TIMEOUT at the most: the relay, which has published it and is about to commit, or another
 * delivery. When that commits, no row is found; when it rolls back, this one takes over.
 */
const CLAIM: Statement = {
  name: 'jobs.claim-delivered',
  text: 'DELETE FROM jobs WHERE id = $1 RETURNING name, payload, order_key AS "orderKey"',
};
const FIND_OPEN: Statement = { name: 'jobs.find-open', text: 'SELECT id, name, traceparent FROM jobs WHERE id = $1' };
/** lock_not_available (PostgreSQL, appendix A): the wait was over before the other delivery was, such as one that sends a mail. */
const HELD = '55P03';

/** Claims a delivered job and does its work in one transaction, so that both commit or neither does. */
@Injectable()
export class JobTransaction {
  constructor(
    private readonly database: Database,
    private readonly handlers: JobHandlers,
    private readonly places: JobPlaces,
    private readonly deadLetters: SqlDeadLetters,
  ) {}

  /**
   * @throws JobNotClaimed when Postgres is away
   * @throws what the handler threw, when the job is to be tried again
   */
  async execute(delivery: Delivery): Promise<Run> {
    let claimed: Row | undefined;
    const claimAndHandle = async (): Promise<Run> => {
      claimed = await this.claim(delivery.id);
      return { outcome: claimed ? await this.handle(claimed, delivery) : 'skipped' };
    };
    return this.database.transaction(claimAndHandle).catch((error: unknown) => {
      if (error instanceof NotNow) return { outcome: error.outcome };
      if (claimed) return this.giveUpOrRethrow(error, claimed.name, delivery);
      if (failureCodes(error).includes(HELD)) return { outcome: 'held' };
      throw new JobNotClaimed('Postgres is away', { cause: error });
    });
  }

  /** For a delivery of which Redis has lost all but the id. Undefined when there is no row any more. */
  async findOpen(id: string): Promise<OpenJob | undefined> {
    const [row] = await this.database.query<OpenJob>(FIND_OPEN, [id]);
    return row;
  }

  private async claim(id: string): Promise<Row | undefined> {
    const [row] = await this.database.query<Row>(CLAIM, [id]);
    return row;
  }

  private async handle({ name, payload: stored, orderKey }: Row, context: Delivery): Promise<Outcome> {
    const handler = this.handlers.find(name);
    if (!handler) throw new NotNow('unknown');

    const { timeoutSeconds, concurrency } = policyOf(name);
    if (concurrency !== null && !(await this.places.take(name, concurrency))) throw new NotNow('full');

    const payload = handler.job.payload.safeParse(stored);
    if (!payload.success) {
      const problems = payload.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
      throw new UnreadableJob(`The payload does not fit: ${problems.join(', ')}.`);
    }
    await withinTime(timeoutSeconds, context.signal, (signal) => handler.handle(payload.data, { ...context, signal }));
    if (orderKey !== null) await this.places.leaveToNext();
    return 'done';
  }

  private async giveUpOrRethrow(error: unknown, name: string, { id, attempt, signal }: Delivery): Promise<Run> {
    const isLastAttempt = attempt >= policyOf(name).attempts;
    const isHopeless = error instanceof UnreadableJob || (isLastAttempt && !signal.aborted);
    if (!isHopeless) throw error;

    return this.giveUp(id, attempt, error);
  }

  /** Makes a dead letter of it. */
  async giveUp(id: string, attempts: number, error: unknown): Promise<Run> {
    const isDead = await this.deadLetters.add(id, attempts, failureText(error));
    return isDead ? { outcome: 'dead', error } : { outcome: 'skipped' };
  }
}
