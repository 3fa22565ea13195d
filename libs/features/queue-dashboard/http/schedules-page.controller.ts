import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readSchedules, writeSchedules } from '#features/schedules/index.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Schedules } from '#platform/kernel/jobs/schedules.js';
import { DashboardPage } from './dashboard-page.decorators.js';
import { Layout } from './layout.js';
import { mayAct } from './pieces.js';
import { schedulesView } from './schedules.view.js';

/** What GET /v1/admin/schedules answers, for people. */
@Controller({ path: 'admin/queues/schedules', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class SchedulesPageController {
  constructor(
    private readonly schedules: Schedules,
    private readonly layout: Layout,
  ) {}

  @Get()
  @DashboardPage(readSchedules)
  async show(@CurrentPrincipal() principal: Principal): Promise<string> {
    const view = schedulesView(await this.schedules.list(), mayAct(principal, writeSchedules));
    return this.layout.around(view, 'Schedules', principal);
  }
}
