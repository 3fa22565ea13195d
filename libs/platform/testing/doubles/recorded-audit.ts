import type { Audit, AuditEvent } from '#platform/kernel/audit.js';

/** Remembers events instead of writing them. */
export class RecordedAudit implements Audit {
  readonly recorded: AuditEvent[] = [];
  readonly coalesced: AuditEvent[] = [];

  async record(...events: readonly AuditEvent[]): Promise<void> {
    this.recorded.push(...events);
  }

  recordCoalesced(event: AuditEvent): void {
    this.coalesced.push(event);
  }
}
