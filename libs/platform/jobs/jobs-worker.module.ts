import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BacklogMetrics } from './backlog-metrics.js';
import { Carrier } from './carrier.js';
import { JobHandlers } from './job-handlers.js';
import { JobProcessor } from './job-processor.js';
import { JobQueue } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import { JobTelemetry } from './job-telemetry.js';
import { JobsModule } from './jobs.module.js';
import { Relay } from './relay.js';
import { Republication } from './republication.js';
import { RemoveExpiredHandler } from './retention/remove-expired.handler.js';
import { RunJob } from './run-job.js';
import { Schedules } from './schedules.js';

/** Mounted by apps/worker: carries the outbox to the queue and runs the handlers of every mounted feature. */
@Module({
  imports: [JobsModule, DiscoveryModule],
  providers: [
    JobQueue, Relay, Republication, Schedules, Carrier,
    JobHandlers, RunJob, JobTelemetry, JobProcessor, JobRunner,
    BacklogMetrics, RemoveExpiredHandler,
  ],
})
export class JobsWorkerModule {}
