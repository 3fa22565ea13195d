import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Schedules } from '#platform/kernel/jobs/schedules.js';
import { Transaction } from '#platform/kernel/transaction.js';

@Injectable()
export class RunSchedule {
  constructor(
    private readonly schedules: Schedules,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  /** @throws ScheduleNotFound */
  async execute(name: string): Promise<void> {
    await this.transaction.run(async () => {
      await this.schedules.runNow(name);
      await this.audit.record({ type: 'schedule.run', details: { schedule: name } });
    });
  }
}
