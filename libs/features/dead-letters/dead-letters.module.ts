import { Module } from '@nestjs/common';
import { DeadLetters } from '#platform/jobs/dead-letters.js';
import { DeadLettersStore } from './application/dead-letters-store.js';
import { DiscardDeadLetter } from './application/discard-dead-letter.js';
import { ListDeadLetters } from './application/list-dead-letters.js';
import { ReplayDeadLetter } from './application/replay-dead-letter.js';
import { DeadLettersController } from './http/dead-letters.controller.js';

const useCases = [ListDeadLetters, ReplayDeadLetter, DiscardDeadLetter];

/** Mounted by apps/api. */
@Module({ controllers: [DeadLettersController], providers: [...useCases, { provide: DeadLettersStore, useExisting: DeadLetters }] })
export class DeadLettersApiModule {}
