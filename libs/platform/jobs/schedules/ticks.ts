import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Flags } from '../../kernel/flags.js';
import { definedJobs, type JobDefinition, Jobs } from '../../kernel/jobs/jobs.js';
import type { Schedule } from '../../kernel/jobs/schedule.js';

type Scheduled = JobDefinition<unknown> & Readonly<{ schedule: Schedule }>;
type Due = Readonly<{ name: string; nextAt: Date; now: Date; isPaused: boolean }>;

/** Between the time of a tick and the look that finds it lie a second or two. Later than this it counts as missed. */
const LATE_MS = 60_000;
const BATCH = 50;

/** A time that is there already stays, unless the declaration is another one: starting a worker moves no tick. */
const DECLARE: Statement = {
  name: 'schedules.declare',
  text: `INSERT INTO schedules (name, expression, time_zone, missed, next_at, declared_at) VALUES ($1, $2, $3, $4, $5, now())
         ON CONFLICT (name) DO UPDATE SET declared_at = now(), missed = excluded.missed,
           expression = excluded.expression, time_zone = excluded.time_zone,
           next_at = CASE WHEN (schedules.expression, schedules.time_zone) IS DISTINCT FROM (excluded.expression, excluded.time_zone)
                     THEN excluded.next_at ELSE schedules.next_at END`,
};
/** Only that it is still declared: two versions at work would take turns with what it says. */
const KEEP: Statement = {
  name: 'schedules.keep',
  text: 'UPDATE schedules SET declared_at = now() WHERE name = ANY($1::text[])',
};
const FORGET: Statement = {
  name: 'schedules.forget',
  text: `DELETE FROM schedules WHERE declared_at < now() - interval '10 minutes'`,
};
const CLAIM_DUE: Statement = {
  name: 'schedules.claim-due',
  text: `SELECT name, next_at AS "nextAt", now() AS now, is_paused AS "isPaused" FROM schedules
         WHERE next_at <= now() AND name = ANY($1::text[]) ORDER BY next_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
};
const ADVANCE: Statement = {
  name: 'schedules.advance',
  text: 'UPDATE schedules SET next_at = $2, last_at = coalesce($3, last_at) WHERE name = $1',
};

/**
 * Enqueues the jobs that run by themselves. Any number of workers may look: whichever finds that a time has come writes job and next time
 * in one transaction, so that each tick is enqueued once.
 */
@Injectable()
export class Ticks {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly flags: Flags,
  ) {}

  /** What this worker's code declares. Once at its start. */
  async declare(): Promise<void> {
    const now = new Date();
    for (const { name, schedule } of scheduled()) {
      const { expression, timeZone, missed } = schedule;
      await this.database.query(DECLARE, [name, expression, timeZone, missed, schedule.nextAfter(now)]);
    }
  }

  /** Forgets what no worker's code declares any more. */
  async keepDeclared(): Promise<void> {
    await this.database.query(KEEP, [scheduled().map(({ name }) => name)]);
    await this.database.query(FORGET);
  }

  /** True when there may be more. */
  async enqueueDue(): Promise<boolean> {
    const known = new Map(scheduled().map((job) => [job.name, job]));

    return this.database.transaction(async () => {
      const due = await this.database.query<Due>(CLAIM_DUE, [[...known.keys()]]);
      for (const tick of due) {
        const job = known.get(tick.name);
        if (job) await this.tick(job, tick);
      }
      return due.length === BATCH;
    });
  }

  private async tick(job: Scheduled, { nextAt, now, isPaused }: Due): Promise<void> {
    const isMissed = now.getTime() - nextAt.getTime() > LATE_MS;
    const isLeftOut = isPaused || (isMissed && job.schedule.missed === 'skip');
    const runs = !isLeftOut && (await this.isOn(job));

    if (runs) await this.jobs.enqueue(job, {});
    await this.database.query(ADVANCE, [job.name, job.schedule.nextAfter(now), runs ? now : null]);
  }

  private async isOn({ onlyWhile }: Scheduled): Promise<boolean> {
    return onlyWhile === undefined || this.flags.valueOf(onlyWhile);
  }
}

const scheduled = (): Scheduled[] =>
  [...definedJobs().values()].filter((job): job is Scheduled => job.schedule !== undefined);
