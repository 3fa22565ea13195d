import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { Audit, AuditEvent } from '../kernel/audit.js';
import { Clock } from '../kernel/clock.js';
import { Loop } from '../kernel/loop.js';
import { Log } from '../logging/log.js';
import { type AuditRow, auditRow } from './audit-row.js';
import { CoalescedEvents } from './coalesced-events.js';

const WRITE_COALESCED_EVERY_MS = 1_000;

const ADD: Statement = {
  name: 'audit.add',
  text: `INSERT INTO audit_events (id, type, actor_id, api_key_id, subject_id, details, count, ip_address, request_id, at)
    SELECT id, type, actor_id, api_key_id, subject_id, details, count, ip_address, request_id, at FROM jsonb_to_recordset($1::jsonb)
      AS event (id uuid, type text, actor_id uuid, api_key_id uuid, subject_id text,
        details jsonb, count int, ip_address text, request_id text, at timestamptz)`,
};

/** A row for each event, and a line in the log that says the same. */
@Injectable()
export class SqlAudit implements Audit, OnModuleInit, OnModuleDestroy {
  private readonly coalesced = new CoalescedEvents();
  /** A loop of its own: a timer that a request set would run in that request's transaction. */
  private readonly writing: Loop;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.writing = new Loop({
      name: 'Writing audit events that were counted',
      work: () => this.write(this.coalesced.take(this.clock.now().getTime())),
      restMs: WRITE_COALESCED_EVERY_MS,
      logger: new Logger(SqlAudit.name),
    });
  }

  onModuleInit(): void {
    void this.writing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.writing.stop();
    await this.write(this.coalesced.takeAll());
  }

  async record(...events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;

    const rows = events.map((event) => auditRow(event, this.clock.now()));
    await this.add(rows);
    this.database.afterCommit(() => this.report(rows));
  }

  recordCoalesced(event: AuditEvent): void {
    this.coalesced.add(auditRow(event, this.clock.now()));
  }

  /** The log first: it is there when Postgres is not. */
  private async write(rows: readonly AuditRow[]): Promise<void> {
    if (rows.length === 0) return;
    this.report(rows);
    try {
      await this.add(rows);
    } catch (err) {
      this.log.warn({ err }, `${rows.length} audit events are in the log only`);
    }
  }

  private async add(rows: readonly AuditRow[]): Promise<void> {
    await this.database.writeAtCommit(ADD, [JSON.stringify(rows)]);
  }

  private report(rows: readonly AuditRow[]): void {
    for (const { id, type, at: _, ...fields } of rows) this.log.info({ audit_id: id, audit: type, ...fields }, 'audit');
  }
}
