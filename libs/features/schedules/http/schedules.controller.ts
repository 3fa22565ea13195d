import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { ScheduleNotFound } from '#platform/jobs/schedules/sql-schedules.js';
import { type ScheduledJob, Schedules } from '#platform/kernel/jobs/schedules.js';
import { PauseSchedule } from '../application/pause-schedule.js';
import { RunSchedule } from '../application/run-schedule.js';
import { readSchedules, writeSchedules } from '../application/schedule.permissions.js';
import {
  type PauseScheduleBody,
  pauseScheduleBody,
  type ScheduleParams,
  scheduleParams,
  scheduleResponse,
} from './schedule.schemas.js';

@Controller({ path: 'admin/schedules', version: '1' })
export class SchedulesController {
  constructor(
    private readonly schedules: Schedules,
    private readonly runSchedule: RunSchedule,
    private readonly pauseSchedule: PauseSchedule,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List schedules' })
  @RequirePermission(readSchedules)
  @Returns(200, z.array(scheduleResponse))
  async list() {
    const schedules = await this.schedules.list();
    return schedules.map(toResponse);
  }

  @Post(':name/run')
  @ApiOperation({ summary: 'Run a schedule now', description: 'Once; its next time stays.' })
  @RequirePermission(writeSchedules)
  @Returns(202)
  @Throws(ScheduleNotFound)
  run(@Param({ schema: scheduleParams }) { name }: ScheduleParams) {
    return this.runSchedule.execute(name);
  }

  @Put(':name')
  @ApiOperation({ summary: 'Pause or resume a schedule' })
  @RequirePermission(writeSchedules)
  @Returns(200, scheduleResponse)
  @Throws(ScheduleNotFound)
  async pause(
    @Param({ schema: scheduleParams }) { name }: ScheduleParams,
    @Body({ schema: pauseScheduleBody }) { paused }: PauseScheduleBody,
  ) {
    return toResponse(await this.pauseSchedule.execute(name, paused));
  }
}

const toResponse = ({ isPaused, ...schedule }: ScheduledJob) => ({ ...schedule, paused: isPaused });
