import { Module } from '@nestjs/common';
import { ListSchedules } from './application/list-schedules.js';
import { PauseSchedule } from './application/pause-schedule.js';
import { RunSchedule } from './application/run-schedule.js';
import { SchedulesController } from './http/schedules.controller.js';

/** Mounted by apps/api. */
@Module({ controllers: [SchedulesController], providers: [ListSchedules, RunSchedule, PauseSchedule] })
export class SchedulesApiModule {}
