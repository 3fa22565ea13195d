import { Module } from '@nestjs/common';
import { QueueBoard } from './application/queue-board.js';
import { DashboardFilesController } from './http/dashboard-files.controller.js';
import { DeadLettersPageController } from './http/dead-letters-page.controller.js';
import { Layout } from './http/layout.js';
import { QueueBoardController } from './http/queue-board.controller.js';
import { SchedulesPageController } from './http/schedules-page.controller.js';
import { BullBoard } from './infrastructure/bull-board.js';

/** Mounted by apps/api where QUEUE_DASHBOARD says so. */
@Module({
  controllers: [QueueBoardController, DeadLettersPageController, SchedulesPageController, DashboardFilesController],
  providers: [Layout, { provide: QueueBoard, useClass: BullBoard }],
})
export class QueueDashboardApiModule {}
