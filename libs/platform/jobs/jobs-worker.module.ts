import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TellSubscribers } from './events/tell-subscribers.js';
import { JobsModule } from './jobs.module.js';
import { OutboxLoops } from './outbox/outbox-loops.js';
import { Relay } from './outbox/relay.js';
import { BacklogMetrics } from './queue/backlog-metrics.js';
import { JobQueue } from './queue/job-queue.js';
import { Pace } from './queue/pace.js';
import { QueueContents } from './queue/queue-contents.js';
import { LostJobs } from './reconciliation/lost-jobs.js';
import { OutboxReconciler } from './reconciliation/outbox-reconciler.js';
import { platformRetention, RemoveExpiredHandler } from './retention/remove-expired.handler.js';
import { JobHandlers } from './run/job-handlers.js';
import { JobPlaces } from './run/job-places.js';
import { JobTelemetry } from './run/job-telemetry.js';
import { JobTransaction } from './run/job-transaction.js';
import { QueueJobProcessor } from './run/queue-job-processor.js';
import { QueueWorker } from './run/queue-worker.js';
import { ScheduleLoops } from './schedules/schedule-loops.js';
import { Ticks } from './schedules/ticks.js';

/** Mounted by apps/worker: carries the outbox to the queue and runs the handlers of every mounted feature. */
@Module({
  imports: [JobsModule, DiscoveryModule],
  providers: [
    Pace,
    JobQueue,
    Relay,
    QueueContents,
    LostJobs,
    OutboxReconciler,
    OutboxLoops,
    Ticks,
    ScheduleLoops,
    TellSubscribers,
    JobHandlers,
    JobPlaces,
    JobTransaction,
    JobTelemetry,
    QueueJobProcessor,
    QueueWorker,
    BacklogMetrics,
    RemoveExpiredHandler,
    ...platformRetention,
  ],
})
export class JobsWorkerModule {}
