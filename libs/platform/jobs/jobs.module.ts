import { Global, Module } from '@nestjs/common';
import { DeadLetters } from '../kernel/jobs/dead-letters.js';
import { Events } from '../kernel/jobs/events.js';
import { Jobs } from '../kernel/jobs/jobs.js';
import { Schedules } from '../kernel/jobs/schedules.js';
import { OutboxEvents } from './events/outbox-events.js';
import { OutboxJobs } from './outbox/outbox-jobs.js';
import { SqlDeadLetters } from './outbox/sql-dead-letters.js';
import { QueueState } from './queue/queue-state.js';
import { WaitingJobs } from './queue/waiting-jobs.js';
import { SqlSchedules } from './schedules/sql-schedules.js';

/** What both apps need: enqueue work, see how much waits, look after dead letters and schedules. Without BullMQ, which only the worker loads. */
@Global()
@Module({
  providers: [
    { provide: Jobs, useClass: OutboxJobs },
    SqlDeadLetters,
    { provide: DeadLetters, useExisting: SqlDeadLetters },
    { provide: Events, useClass: OutboxEvents },
    { provide: Schedules, useClass: SqlSchedules },
    QueueState,
    WaitingJobs,
  ],
  exports: [Jobs, Events, Schedules, DeadLetters, SqlDeadLetters, QueueState, WaitingJobs],
})
export class JobsModule {}
