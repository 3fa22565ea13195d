import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import type { JobDefinition, Jobs } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { currentTraceparent } from '../../telemetry/trace-context.js';

/** What the relay listens to. */
export const JOBS_CHANNEL = 'jobs';

/** Many notifications of one transaction arrive as one, and only if it commits. */
const ENQUEUE: Statement = {
  name: 'jobs.enqueue',
  text: `WITH job AS (INSERT INTO jobs (id, name, payload, traceparent) VALUES ($1, $2, $3, $4))
         SELECT pg_notify('${JOBS_CHANNEL}', '')`,
};

/** Writes the outbox: a row in the caller's transaction, which the worker's relay carries to the queue. */
@Injectable()
export class OutboxJobs implements Jobs {
  constructor(private readonly database: Database) {}

  async enqueue<Payload>({ name, payload: schema }: JobDefinition<Payload>, payload: Payload): Promise<void> {
    await this.database.writeAtCommit(ENQUEUE, [
      newId(),
      name,
      JSON.stringify(schema.parse(payload)),
      currentTraceparent(),
    ]);
  }
}
