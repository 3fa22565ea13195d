import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { aSchedule, InMemorySchedules } from './in-memory-schedules.js';

export const aHolderOf = (...permissions: string[]): Principal => ({
  id: newId(),
  kind: 'user',
  sessionId: newId(),
  permissions: new Set(permissions),
});

/** What the use cases need, with one schedule. */
export function setup() {
  const schedule = aSchedule();
  return {
    schedule,
    schedules: new InMemorySchedules(schedule),
    audit: new RecordedAudit(),
    transaction: new ImmediateTransaction(),
  };
}
