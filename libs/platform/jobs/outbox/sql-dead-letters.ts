import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { defineError } from '../../kernel/errors/app-error.js';
import type { DeadLetter, DeadLetters } from '../../kernel/jobs/dead-letters.js';
import { MAX_ID } from '../../kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '../../kernel/values/page.js';
import { JOBS_CHANNEL } from './outbox-jobs.js';

export const DeadLetterNotFound = defineError({
  kind: 'not-found',
  code: 'DEAD_LETTER_NOT_FOUND',
  title: 'There is no such dead letter',
  help: 'It may have been replayed or discarded already.',
});

/** Each of these is one statement, so two callers at once cannot both succeed. */
const ADD: Statement = {
  name: 'dead-letters.add',
  text: `WITH job AS (DELETE FROM jobs WHERE id = $1 RETURNING id, name, payload, traceparent, created_at)
         INSERT INTO dead_letters (id, name, payload, traceparent, created_at, attempts, error)
         SELECT id, name, payload, traceparent, created_at, $2, $3 FROM job RETURNING id`,
};
const REPLAY: Statement = {
  name: 'dead-letters.replay',
  text: `WITH letter AS (DELETE FROM dead_letters WHERE id = $1 RETURNING id, name, payload, traceparent, created_at),
              job AS (INSERT INTO jobs (id, name, payload, traceparent, created_at) SELECT * FROM letter RETURNING id)
         SELECT id, pg_notify('${JOBS_CHANNEL}', '') FROM job`,
};
const DISCARD: Statement = {
  name: 'dead-letters.discard',
  text: 'DELETE FROM dead_letters WHERE id = $1 RETURNING id',
};

const LIST: Statement = {
  name: 'dead-letters.list',
  text: `SELECT id, name, payload, attempts, error, created_at AS "createdAt", failed_at AS "failedAt"
         FROM dead_letters WHERE id < $1 ORDER BY id DESC LIMIT $2`,
};
// Comparing whole rows leaves Postgres one way to read a page: backwards along the index of names.
const LIST_OF_JOB: Statement = {
  name: 'dead-letters.list-of-job',
  text: `SELECT id, name, payload, attempts, error, created_at AS "createdAt", failed_at AS "failedAt"
         FROM dead_letters WHERE (name, id) < ($3, $1) AND name >= $3 ORDER BY name DESC, id DESC LIMIT $2`,
};

@Injectable()
export class SqlDeadLetters implements DeadLetters {
  constructor(private readonly database: Database) {}

  async list({ limit, after }: PageRequest<string>, job?: string): Promise<Page<DeadLetter>> {
    const values = [after ?? MAX_ID, limit + 1];
    const rows = job
      ? await this.database.query<DeadLetter>(LIST_OF_JOB, [...values, job])
      : await this.database.query<DeadLetter>(LIST, values);
    return pageOf(rows, limit, ({ id }) => id);
  }

  async replay(id: string): Promise<void> {
    const replayed = await this.database.query(REPLAY, [id]);
    if (replayed.length === 0) throw new DeadLetterNotFound();
  }

  async discard(id: string): Promise<void> {
    const discarded = await this.database.query(DISCARD, [id]);
    if (discarded.length === 0) throw new DeadLetterNotFound();
  }

  /** Gives an open job up: its row moves here. False when it is not open any more. */
  async add(id: string, attempts: number, error: string): Promise<boolean> {
    const added = await this.database.query(ADD, [id, attempts, error]);
    return added.length > 0;
  }
}
