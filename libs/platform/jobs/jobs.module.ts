import { Global, Module } from '@nestjs/common';
import { DeadLetters } from '../kernel/jobs/dead-letters.js';
import { Jobs } from '../kernel/jobs/jobs.js';
import { OutboxJobs } from './outbox/outbox-jobs.js';
import { SqlDeadLetters } from './outbox/sql-dead-letters.js';
import { QueueState } from './queue/queue-state.js';
import { WaitingJobs } from './queue/waiting-jobs.js';

/** What both apps need: enqueue work, see how much waits and look after dead letters. Without BullMQ, which only the worker loads. */
@Global()
@Module({
  providers: [
    { provide: Jobs, useClass: OutboxJobs },
    SqlDeadLetters,
    { provide: DeadLetters, useExisting: SqlDeadLetters },
    QueueState,
    WaitingJobs,
  ],
  exports: [Jobs, DeadLetters, SqlDeadLetters, QueueState, WaitingJobs],
})
export class JobsModule {}
