import { LRUCache } from 'lru-cache';
import type { AccessSubject } from '../kernel/access/access-changes.js';
import type { AccessInvalidation } from './access-invalidation.js';

const MOST_ENTRIES = 10_000;
/** How long a process may act on what it has read, should neither Redis nor Postgres tell it of a change. */
const TTL_MS = 30_000;

/** Deletes the entries that a change of this subject is about. */
type Forget<Value extends object> = (
  entries: LRUCache<string, Value>,
  subject: Exclude<AccessSubject, 'everyone'>,
) => void;

/** What this process has read about somebody's access and may act on until that changes. */
export class AccessCache<Value extends object> {
  private readonly entries = new LRUCache<string, Value>({ max: MOST_ENTRIES, ttl: TTL_MS });
  /** Grows with every change: what was read before one must not be remembered after it. */
  private generation = 0;

  constructor(invalidation: AccessInvalidation, forget: Forget<Value>) {
    invalidation.onInvalidate((subject) => {
      this.generation++;
      if (subject === 'everyone') this.entries.clear();
      else forget(this.entries, subject);
    });
  }

  get(key: string): Value | undefined {
    return this.entries.get(key);
  }

  /** Asks `read`, and remembers what it finds. */
  async refresh<Found extends Value | undefined>(key: string, read: () => Promise<Found>): Promise<Found> {
    const { generation } = this;
    const found = await read();
    if (found !== undefined && generation === this.generation) this.entries.set(key, found);
    return found;
  }
}
