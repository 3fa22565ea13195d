import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { JOBS_CHANNEL } from '../outbox/outbox-jobs.js';

/** Each place is a lock of the transaction that runs the job: it is free again however that ends. */
const TAKE: Statement = {
  name: 'jobs.take-place',
  text: `SELECT place FROM generate_series(1, $2::int) AS place
         WHERE pg_try_advisory_xact_lock(hashtextextended('job ' || $1, place)) LIMIT 1`,
};
const WAKE: Statement = { name: 'jobs.leave-to-next', text: `SELECT pg_notify('${JOBS_CHANNEL}', '')` };

/** Who may run beside whom, over all workers. Both in the transaction of the job. */
@Injectable()
export class JobPlaces {
  constructor(private readonly database: Database) {}

  /** One of so many places for a job. False when all of them are taken. */
  async take(job: string, places: number): Promise<boolean> {
    const taken = await this.database.query(TAKE, [job, places]);
    return taken.length > 0;
  }

  /** Once this one has committed, the next of its key may be published. */
  async leaveToNext(): Promise<void> {
    await this.database.writeAtCommit(WAKE, []);
  }
}
