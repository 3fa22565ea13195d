import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database, type Statement } from '../database/database.js';
import type { OperationProblem } from '../kernel/operations/operations.js';

export type Claimed = Readonly<{
  id: string;
  kind: string;
  ownerId: string;
  input: unknown;
  checkpoint: unknown;
  traceparent: string | null;
  run: number;
  attempts: number;
  /** By `performance.now()`, before the lease was asked for. */
  askedAt: number;
}>;

/** Only kinds that the worker knows: others wait for a newer one. */
const CLAIM: Statement = {
  name: 'operations.claim',
  text: `UPDATE operations SET status = 'running', run = run + 1, attempts = attempts + 1, leased_until = now() + make_interval(secs => $2), updated_at = now()
         WHERE id = (SELECT id FROM operations WHERE status IN ('pending', 'running') AND kind = ANY($1::text[])
           AND run_at <= now() AND (leased_until IS NULL OR leased_until < now()) ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, owner_id AS "ownerId", input, checkpoint, traceparent, run, attempts`,
};
/** From here on all need the lease: a worker that has lost it changes nothing. */
const MINE = `id = $1 AND run = $2 AND status = 'running'`;
const KEEP: Statement = {
  name: 'operations.keep',
  text: `UPDATE operations SET leased_until = now() + make_interval(secs => $3) WHERE ${MINE} RETURNING is_cancel_requested AS "isCancelRequested"`,
};
const REPORT: Statement = {
  name: 'operations.report',
  text: `UPDATE operations SET leased_until = now() + make_interval(secs => $3), percent = $4, checkpoint = $5, attempts = 0, updated_at = now()
         WHERE ${MINE} RETURNING is_cancel_requested AS "isCancelRequested"`,
};
const END: Statement = {
  name: 'operations.end',
  text: `UPDATE operations SET status = $3, percent = CASE $3 WHEN 'succeeded' THEN 100 ELSE percent END,
           result = $4, problem = $5, checkpoint = NULL, leased_until = NULL, updated_at = now() WHERE ${MINE} RETURNING id`,
};
const LEAVE: Statement = {
  name: 'operations.leave',
  text: `UPDATE operations SET status = 'pending', leased_until = NULL, attempts = attempts - $4::int,
           run_at = now() + make_interval(secs => $3) WHERE ${MINE} RETURNING id`,
};

export type End =
  | Readonly<{ status: 'succeeded'; result: unknown }>
  | Readonly<{ status: 'failed'; problem: OperationProblem }>
  | Readonly<{ status: 'cancelled' }>;

/** The time on the lease was over, and another worker may have the operation. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Who works on which operation, by the clock of the database. */
@Injectable()
export class OperationLeases {
  /** How long a worker has an operation without saying that it is still there, in milliseconds. */
  readonly leaseMs: number;

  constructor(
    private readonly database: Database,
    { OPERATIONS_LEASE }: Config,
  ) {
    this.leaseMs = OPERATIONS_LEASE;
  }

  /** The one that has waited longest, if there is one that nobody works on. */
  async claim(kinds: readonly string[]): Promise<Claimed | undefined> {
    const askedAt = performance.now();
    const [claimed] = await this.database.query<Claimed>(CLAIM, [kinds, this.leaseMs / 1_000]);
    return claimed && { ...claimed, askedAt };
  }

  /** @returns whether it shall be cancelled @throws LeaseLost */
  keep({ id, run }: Claimed): Promise<boolean> {
    return this.extend(KEEP, [id, run, this.leaseMs / 1_000]);
  }

  /** @returns whether it shall be cancelled @throws LeaseLost */
  report({ id, run }: Claimed, percent: number, checkpoint: unknown): Promise<boolean> {
    return this.extend(REPORT, [id, run, this.leaseMs / 1_000, percent, JSON.stringify(checkpoint)]);
  }

  /** @throws LeaseLost */
  async end({ id, run }: Claimed, end: End): Promise<void> {
    const result = end.status === 'succeeded' ? JSON.stringify(end.result) : null;
    const problem = end.status === 'failed' ? JSON.stringify(end.problem) : null;
    const ended = await this.database.query(END, [id, run, end.status, result, problem]);
    if (ended.length === 0) throw new LeaseLost('Another worker has the operation.');
  }

  /** To the next worker, after so many seconds. @param isAttempt whether the run counts among those that failed */
  async leave({ id, run }: Claimed, seconds: number, isAttempt: boolean): Promise<void> {
    await this.database.query(LEAVE, [id, run, seconds, isAttempt ? 0 : 1]);
  }

  private async extend(statement: Statement, values: readonly unknown[]): Promise<boolean> {
    const [mine] = await this.database.query<{ isCancelRequested: boolean }>(statement, values);
    if (!mine) throw new LeaseLost('Another worker has the operation.');
    return mine.isCancelRequested;
  }
}
