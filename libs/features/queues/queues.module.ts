import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { QueueState } from '#platform/jobs/queue/queue-state.js';
import { DiscardDeadLetter } from './application/discard-dead-letter.js';
import { Queues } from './application/queues.js';
import { ReplayDeadLetter } from './application/replay-dead-letter.js';
import { DeadLettersController } from './http/dead-letters.controller.js';
import { QueuesController } from './http/queues.controller.js';

const useCases = [ReplayDeadLetter, DiscardDeadLetter];
const ports = [{ provide: Queues, useExisting: QueueState }];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Queues', description: 'Background jobs, and those that failed for good.' })
@Module({ controllers: [QueuesController, DeadLettersController], providers: [...useCases, ...ports] })
export class QueuesApiModule {}
