import { Module } from '@nestjs/common';
import { PauseSchedule } from './application/pause-schedule.js';
import { RunSchedule } from './application/run-schedule.js';
import { SchedulesController } from './http/schedules.controller.js';

/** Mounted by apps/api. */
@Module({ controllers: [SchedulesController], providers: [RunSchedule, PauseSchedule] })
export class SchedulesApiModule {}
