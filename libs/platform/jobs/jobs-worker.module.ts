import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BacklogMetrics } from './backlog-metrics.js';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { JobTelemetry } from './job-telemetry.js';
import { JobTransaction } from './job-transaction.js';
import { JobsModule } from './jobs.module.js';
import { OutboxLoops } from './outbox-loops.js';
import { QueueJobProcessor } from './queue-job-processor.js';
import { QueueWorker } from './queue-worker.js';
import { LostJobs } from './reconciliation/lost-jobs.js';
import { OutboxReconciler } from './reconciliation/outbox-reconciler.js';
import { QueueContents } from './reconciliation/queue-contents.js';
import { Relay } from './relay.js';
import { RemoveExpiredHandler } from './retention/remove-expired.handler.js';
import { Schedules } from './schedules.js';

/** Mounted by apps/worker: carries the outbox to the queue and runs the handlers of every mounted feature. */
@Module({
  imports: [JobsModule, DiscoveryModule],
  providers: [
    JobQueue,
    Relay,
    QueueContents,
    LostJobs,
    OutboxReconciler,
    Schedules,
    OutboxLoops,
    JobHandlers,
    JobTransaction,
    JobTelemetry,
    QueueJobProcessor,
    QueueWorker,
    BacklogMetrics,
    RemoveExpiredHandler,
  ],
})
export class JobsWorkerModule {}
