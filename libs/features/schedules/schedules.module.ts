import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { PauseSchedule } from './application/pause-schedule.js';
import { RunSchedule } from './application/run-schedule.js';
import { SchedulesController } from './http/schedules.controller.js';

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Schedules', description: 'Jobs that run by themselves.' })
@Module({ controllers: [SchedulesController], providers: [RunSchedule, PauseSchedule] })
export class SchedulesApiModule {}
