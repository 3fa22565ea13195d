import { Global, Module } from '@nestjs/common';
import { Jobs } from '../kernel/jobs.js';
import { DeadLetters } from './outbox/dead-letters.js';
import { OutboxJobs } from './outbox/outbox-jobs.js';
import { QueueState } from './queue/queue-state.js';
import { WaitingJobs } from './queue/waiting-jobs.js';

/** What both apps need: enqueue work, see how much waits and look after dead letters. Without BullMQ, which only the worker loads. */
@Global()
@Module({
  providers: [{ provide: Jobs, useClass: OutboxJobs }, DeadLetters, QueueState, WaitingJobs],
  exports: [Jobs, DeadLetters, QueueState, WaitingJobs],
})
export class JobsModule {}
