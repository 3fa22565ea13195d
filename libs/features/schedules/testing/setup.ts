import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { aSchedule, InMemorySchedules } from './in-memory-schedules.js';

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
