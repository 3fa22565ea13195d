import { Global, Module } from '@nestjs/common';
import { Jobs } from '../kernel/jobs.js';
import { DeadLetters } from './dead-letters.js';
import { OutboxJobs } from './outbox-jobs.js';
import { QueueState } from './queue-state.js';
import { WaitingJobs } from './waiting-jobs.js';

/** What both apps need: enqueue work, see how much waits and look after dead letters. Without BullMQ, which only the worker loads. */
@Global()
@Module({
  providers: [{ provide: Jobs, useClass: OutboxJobs }, DeadLetters, QueueState, WaitingJobs],
  exports: [Jobs, DeadLetters, QueueState, WaitingJobs],
})
export class JobsModule {}
