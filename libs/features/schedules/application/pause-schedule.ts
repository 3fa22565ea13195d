import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { type ScheduledJob, Schedules } from '#platform/kernel/jobs/schedules.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { writeSchedules } from './schedule.permissions.js';

@Injectable()
export class PauseSchedule {
  constructor(
    private readonly schedules: Schedules,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  /** Or lets it go on. @throws ScheduleNotFound */
  async execute(principal: Principal, name: string, isPaused: boolean): Promise<ScheduledJob> {
    requirePermission(principal, writeSchedules);

    return this.transaction.run(async () => {
      const schedule = await this.schedules.setPaused(name, isPaused);
      const type = isPaused ? 'schedule.paused' : 'schedule.resumed';
      await this.audit.record({ type, details: { schedule: name } });
      return schedule;
    });
  }
}
