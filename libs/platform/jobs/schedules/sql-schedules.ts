import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { defineError } from '../../kernel/errors/app-error.js';
import type { ScheduledJob, Schedules } from '../../kernel/jobs/schedules.js';
import { newId } from '../../kernel/values/ids.js';
import { currentTraceparent } from '../../telemetry/trace-context.js';
import { JOBS_CHANNEL } from '../outbox/outbox-jobs.js';

export const ScheduleNotFound = defineError({
  kind: 'not-found',
  code: 'SCHEDULE_NOT_FOUND',
  title: 'No job runs by itself under this name',
  help: 'GET /v1/admin/schedules lists those that do.',
});

const COLUMNS = `name, expression, time_zone AS "timeZone", missed, is_paused AS "isPaused", next_at AS "nextAt", last_at AS "lastAt"`;

const LIST: Statement = { name: 'schedules.list', text: `SELECT ${COLUMNS} FROM schedules ORDER BY name` };

/** By name alone: the caller may be an older program than the one that declared it. */
const RUN: Statement = {
  name: 'schedules.run',
  text: `WITH job AS (INSERT INTO jobs (id, name, payload, traceparent)
           SELECT $2::uuid, name, '{}', $3 FROM schedules WHERE name = $1 RETURNING id)
         SELECT id, pg_notify('${JOBS_CHANNEL}', '') FROM job`,
};
const SET_PAUSED: Statement = {
  name: 'schedules.set-paused',
  text: `UPDATE schedules SET is_paused = $2 WHERE name = $1 RETURNING ${COLUMNS}`,
};

@Injectable()
export class SqlSchedules implements Schedules {
  constructor(private readonly database: Database) {}

  list(): Promise<readonly ScheduledJob[]> {
    return this.database.query<ScheduledJob>(LIST);
  }

  async runNow(name: string): Promise<void> {
    const enqueued = await this.database.query(RUN, [name, newId(), currentTraceparent()]);
    if (enqueued.length === 0) throw new ScheduleNotFound();
  }

  async setPaused(name: string, isPaused: boolean): Promise<ScheduledJob> {
    const [changed] = await this.database.query<ScheduledJob>(SET_PAUSED, [name, isPaused]);
    if (!changed) throw new ScheduleNotFound();
    return changed;
  }
}
