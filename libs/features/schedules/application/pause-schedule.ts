import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { type ScheduledJob, Schedules } from '#platform/kernel/jobs/schedules.js';
import { Transaction } from '#platform/kernel/transaction.js';

@Injectable()
export class PauseSchedule {
  constructor(
    private readonly schedules: Schedules,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  /** Or lets it go on. @throws ScheduleNotFound */
  execute(name: string, isPaused: boolean): Promise<ScheduledJob> {
    return this.transaction.run(async () => {
      const schedule = await this.schedules.setPaused(name, isPaused);
      const type = isPaused ? 'schedule.paused' : 'schedule.resumed';
      await this.audit.record({ type, details: { schedule: name } });
      return schedule;
    });
  }
}
