import { Global, Module } from '@nestjs/common';
import { Jobs } from '../kernel/jobs.js';
import { DeadLetters } from './dead-letters.js';
import { JobQueue } from './job-queue.js';
import { OutboxJobs } from './outbox-jobs.js';

/** What both apps need: enqueue work and look after dead letters. */
@Global()
@Module({
  providers: [{ provide: Jobs, useClass: OutboxJobs }, DeadLetters, JobQueue],
  exports: [Jobs, DeadLetters, JobQueue],
})
export class JobsModule {}
