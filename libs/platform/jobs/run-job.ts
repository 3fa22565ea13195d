import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { JobContext } from '../kernel/jobs.js';
import { DeadLetters } from './dead-letters.js';
import { failureText } from './failure-text.js';
import { JobHandlers } from './job-handlers.js';

/** One delivery by the queue. The same job may be delivered more often than it is enqueued. */
export type Delivery = JobContext & Readonly<{ name: string; isLastAttempt: boolean }>;

/** `skipped`: another delivery did the work already. */
export type Outcome = 'done' | 'skipped' | 'dead';
export type Run = Readonly<{ outcome: Outcome; error?: unknown }>;

/** No retry will help. */
export class UnreadableJob extends Error {
  override readonly name = 'UnreadableJob';
}

/** The job could not even be taken, so this was no attempt at it. The cause says why. */
export class JobNotTaken extends Error {
  override readonly name = 'JobNotTaken';
}

/** A second delivery waits here for the first one's transaction, then finds no row, or takes over if it rolled back. */
const TAKE: Statement = { name: 'jobs.take', text: 'DELETE FROM jobs WHERE id = $1 RETURNING payload' };

@Injectable()
export class RunJob {
  constructor(
    private readonly database: Database,
    private readonly handlers: JobHandlers,
    private readonly deadLetters: DeadLetters,
  ) {}

  /**
   * @throws JobNotTaken when Postgres is away
   * @throws what the handler threw, when the job is to be tried again
   */
  async execute(delivery: Delivery): Promise<Run> {
    let isTaken = false;
    try {
      const outcome = await this.database.transaction(async () => {
        const row = await this.take(delivery.id);
        isTaken = true;
        return row ? this.handle(row.payload, delivery) : 'skipped';
      });
      return { outcome };
    } catch (error) {
      if (!isTaken) throw new JobNotTaken('Postgres is away', { cause: error });
      return this.giveUpOrRethrow(error, delivery);
    }
  }

  private async take(id: string): Promise<{ payload: unknown } | undefined> {
    const [row] = await this.database.query<{ payload: unknown }>(TAKE, [id]);
    return row;
  }

  /** Retiring the job and doing its work commit together: that is what makes the effects happen once. */
  private async handle(stored: unknown, { id, name, attempt, signal }: Delivery): Promise<Outcome> {
    const handler = this.handlers.find(name);
    if (!handler) throw new UnreadableJob('No handler for this job.');

    const payload = handler.job.payload.safeParse(stored);
    if (!payload.success) {
      const problems = payload.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
      throw new UnreadableJob(`The payload does not fit: ${problems.join(', ')}.`);
    }
    await handler.handle(payload.data, { id, attempt, signal });
    return 'done';
  }

  private async giveUpOrRethrow(error: unknown, { id, attempt, isLastAttempt, signal }: Delivery): Promise<Run> {
    const isHopeless = error instanceof UnreadableJob || (isLastAttempt && !signal.aborted);
    if (!isHopeless) throw error;

    const isBuried = await this.deadLetters.bury(id, attempt, failureText(error));
    return isBuried ? { outcome: 'dead', error } : { outcome: 'skipped' };
  }
}
