import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { DeadLetterNotFound } from '#platform/jobs/outbox/sql-dead-letters.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { DiscardDeadLetter } from '../application/discard-dead-letter.js';
import { readQueues, writeQueues } from '../application/queue.permissions.js';
import { ReplayDeadLetter } from '../application/replay-dead-letter.js';
import {
  type DeadLetterParams,
  deadLetterParams,
  deadLetterResponse,
  type ListDeadLettersQuery,
  listDeadLettersQuery,
} from './dead-letter.schemas.js';

@Controller({ path: 'admin/dead-letters', version: '1' })
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly replayDeadLetter: ReplayDeadLetter,
    private readonly discardDeadLetter: DiscardDeadLetter,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List dead letters', description: 'Jobs that failed for good, the newest first.' })
  @RequirePermission(readQueues)
  @Returns(200, deadLetterResponse, { page: true })
  list(@Query({ schema: listDeadLettersQuery }) { limit, cursor, job }: ListDeadLettersQuery) {
    return this.deadLetters.list({ limit, after: cursor ?? null }, job);
  }

  @Post(':id/replay')
  @ApiOperation({ summary: 'Replay a dead letter', description: 'The job runs again under its id.' })
  @RequirePermission(writeQueues)
  @Returns(202)
  @Throws(DeadLetterNotFound)
  replay(@Param({ schema: deadLetterParams }) { id }: DeadLetterParams) {
    return this.replayDeadLetter.execute(id);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Discard a dead letter' })
  @RequirePermission(writeQueues)
  @Returns(204)
  @Throws(DeadLetterNotFound)
  discard(@Param({ schema: deadLetterParams }) { id }: DeadLetterParams) {
    return this.discardDeadLetter.execute(id);
  }
}
