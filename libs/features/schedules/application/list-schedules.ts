import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { type ScheduledJob, Schedules } from '#platform/kernel/jobs/schedules.js';
import { readSchedules } from './schedule.permissions.js';

@Injectable()
export class ListSchedules {
  constructor(private readonly schedules: Schedules) {}

  async execute(principal: Principal): Promise<readonly ScheduledJob[]> {
    requirePermission(principal, readSchedules);

    return this.schedules.list();
  }
}
