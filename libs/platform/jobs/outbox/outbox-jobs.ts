import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import type { Enqueued, JobDefinition, Jobs, Start } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { currentTraceparent } from '../../telemetry/trace-context.js';

/** What the relay listens to. */
export const JOBS_CHANNEL = 'jobs';

/** Payloads hold ids. What is larger belongs in a table or in the storage, with its id in the payload. */
const MAX_PAYLOAD_BYTES = 64 * 1_024;

const COLUMNS = 'id, name, payload, traceparent, run_at, order_key, order_position, priority';
const VALUES = `$1::uuid, $2::text, $3::jsonb, $4::text, coalesce($5::timestamptz, now()),
  $6::text, CASE WHEN $6::text IS NOT NULL THEN nextval('jobs_order_position') END, $7::int`;

/** Many notifications of one transaction arrive as one, and only if it commits. */
const ENQUEUE: Statement = {
  name: 'jobs.enqueue',
  text: `WITH job AS (INSERT INTO jobs (${COLUMNS}) SELECT ${VALUES})
         SELECT pg_notify('${JOBS_CHANNEL}', '')`,
};

/** One whose handler is at work is still open, and looked for first: ON CONFLICT alone would wait until that handler is done. */
const ENQUEUE_UNIQUE: Statement = {
  name: 'jobs.enqueue-unique',
  text: `WITH job AS (
           INSERT INTO jobs (${COLUMNS}, unique_key) SELECT ${VALUES}, $8::text
           WHERE NOT EXISTS (SELECT FROM jobs WHERE name = $2 AND unique_key = $8)
           ON CONFLICT (name, unique_key) WHERE unique_key IS NOT NULL DO NOTHING RETURNING id)
         SELECT id, pg_notify('${JOBS_CHANNEL}', '') FROM job`,
};

/** A mistake of the code that enqueues. */
export class JobPayloadTooLarge extends Error {
  override readonly name = 'JobPayloadTooLarge';

  constructor(job: string, bytes: number) {
    super(`The payload of ${job} takes ${bytes} bytes as JSON; ${MAX_PAYLOAD_BYTES} are the most.`);
  }
}

/** Writes the outbox: a row in the caller's transaction, which the worker's relay carries to the queue. */
@Injectable()
export class OutboxJobs implements Jobs {
  constructor(private readonly database: Database) {}

  async enqueue<Payload>(job: JobDefinition<Payload>, given: Payload, start?: Start): Promise<Enqueued> {
    const payload = job.payload.parse(given);
    const [id, runAt] = [newId(), start ? timeOf(start) : null];
    const carried = [jsonOf(job, payload), currentTraceparent()];
    const row = [id, job.name, ...carried, runAt, orderKeyOf(job, payload), job.priority ?? 0];

    const uniqueKey = job.uniqueBy?.(payload);
    if (uniqueKey !== undefined) {
      const added = await this.database.query(ENQUEUE_UNIQUE, [...row, uniqueKey]);
      return added.length > 0 ? 'enqueued' : 'dropped';
    }
    await this.database.writeAtCommit(ENQUEUE, row);
    return 'enqueued';
  }
}

/** @throws JobPayloadTooLarge */
function jsonOf<Payload>({ name }: JobDefinition<Payload>, payload: Payload): string {
  const json = JSON.stringify(payload);
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_PAYLOAD_BYTES) throw new JobPayloadTooLarge(name, bytes);
  return json;
}

const timeOf = (start: Start): Date => ('at' in start ? start.at : new Date(Date.now() + start.afterSeconds * 1_000));

/** Of one feature: its jobs about the same thing run in order, whichever they are. */
function orderKeyOf<Payload>({ name, orderedBy }: JobDefinition<Payload>, payload: Payload): string | null {
  const [feature] = name.split('.', 1);
  return orderedBy ? `${feature}:${orderedBy(payload)}` : null;
}
