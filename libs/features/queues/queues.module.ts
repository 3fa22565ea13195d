import { Module } from '@nestjs/common';
import { QueueState } from '#platform/jobs/queue/queue-state.js';
import { DiscardDeadLetter } from './application/discard-dead-letter.js';
import { ListDeadLetters } from './application/list-dead-letters.js';
import { ListQueues } from './application/list-queues.js';
import { Queues } from './application/queues.js';
import { ReplayDeadLetter } from './application/replay-dead-letter.js';
import { DeadLettersController } from './http/dead-letters.controller.js';
import { QueuesController } from './http/queues.controller.js';

const useCases = [ListQueues, ListDeadLetters, ReplayDeadLetter, DiscardDeadLetter];
const ports = [{ provide: Queues, useExisting: QueueState }];

/** Mounted by apps/api. */
@Module({ controllers: [QueuesController, DeadLettersController], providers: [...useCases, ...ports] })
export class QueuesApiModule {}
