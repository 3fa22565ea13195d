import { Controller, Get, Query, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readQueues, writeQueues } from '#features/queues/index.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { Cursors } from '#platform/http/input/cursors.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { DashboardPage } from './dashboard-page.decorators.js';
import { deadLettersView } from './dead-letters.view.js';
import { Layout } from './layout.js';
import { mayAct } from './pieces.js';

const ROWS = 20;
const MAX_JOB_NAME_LENGTH = 200;
const MAX_CURSOR_LENGTH = 500;

/** An empty field of the form means all jobs. */
const deadLettersQuery = z.strictObject({
  job: z
    .string()
    .max(MAX_JOB_NAME_LENGTH)
    .regex(/^[\w.-]*$/)
    .default(''),
  cursor: z.string().max(MAX_CURSOR_LENGTH).optional(),
});
type DeadLettersQuery = z.infer<typeof deadLettersQuery>;

/** What GET /v1/admin/dead-letters answers, for people. */
@Controller({ path: 'admin/queues/dead-letters', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class DeadLettersPageController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly cursors: Cursors,
    private readonly layout: Layout,
  ) {}

  @Get()
  @DashboardPage(readQueues)
  async show(
    @Query({ schema: deadLettersQuery }) { job, cursor }: DeadLettersQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const after = cursor === undefined ? null : this.cursors.decode(cursor, request);
    const { items, next } = await this.deadLetters.list({ limit: ROWS, after }, job || undefined);
    const view = deadLettersView({
      letters: items,
      job,
      next: next === null ? null : queryOfNext(request, this.cursors.encode(next, request)),
      mayWrite: mayAct(principal, writeQueues),
    });
    return this.layout.around(view, 'Dead letters', principal);
  }
}

/** With the filters as they came: a cursor belongs to them. */
function queryOfNext({ query }: FastifyRequest, cursor: string): string {
  return new URLSearchParams({ ...(query as Record<string, string>), cursor }).toString();
}
