import type { AuditRow } from './audit-row.js';

const MINUTE_MS = 60_000;

/** How many kinds of events one minute may tell apart. Beyond, they are counted by type alone. */
const MOST_KINDS = 1_000;

type Kind = {
  /** The latest of its kind. */
  row: AuditRow;
  /** Since it was last taken. */
  count: number;
  /** Until then repetitions are only counted. */
  quietUntil: number;
};

/**
 * Events that may come in floods. The first of a kind (same type, people, API key, address and details) goes out at once,
 * its repetitions once a minute as one row with their number. So the rows that strangers can cause are bounded: twice
 * MOST_KINDS a minute, however many requests they send and from however many addresses.
 */
export class CoalescedEvents {
  private readonly kinds = new Map<string, Kind>();

  add(row: AuditRow): void {
    const name = JSON.stringify([row.type, row.actor_id, row.api_key_id, row.subject_id, row.ip_address, row.details]);
    const isOverflow = this.kinds.size >= MOST_KINDS && !this.kinds.has(name);
    this.count(isOverflow ? row.type : name, isOverflow ? anonymous(row) : row);
  }

  /** What is to be written by now. */
  take(now: number): AuditRow[] {
    const due: AuditRow[] = [];
    for (const [name, kind] of this.kinds) {
      if (kind.quietUntil > now) continue;
      if (kind.count === 0) {
        this.kinds.delete(name);
        continue;
      }
      due.push({ ...kind.row, count: kind.count });
      kind.count = 0;
      kind.quietUntil = now + MINUTE_MS;
    }
    return due;
  }

  /** Everything that was not taken yet. */
  takeAll(): AuditRow[] {
    return this.take(Number.POSITIVE_INFINITY);
  }

  private count(name: string, row: AuditRow): void {
    const kind = this.kinds.get(name) ?? { row, count: 0, quietUntil: 0 };
    kind.row = row;
    kind.count++;
    this.kinds.set(name, kind);
  }
}

const anonymous = (row: AuditRow): AuditRow => ({
  ...row,
  actor_id: null,
  api_key_id: null,
  subject_id: null,
  ip_address: null,
  request_id: null,
  details: null,
});
