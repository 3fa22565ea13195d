import { Controller, Get, Param, Query, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readQueues } from '#features/queues/index.js';
import { Config } from '#platform/config/config.js';
import { basePathOf } from '#platform/http/address/base-path.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { QueueBoard } from '../application/queue-board.js';
import { BullBoardPage } from './dashboard-page.decorators.js';

const ADDRESS = '/admin/queues';
/** Addresses that the page shows by itself. */
const VIEWS = ['', 'job-schedulers', 'queue/:queue', 'queue/:queue/:job'];

/** Bull Board checks the rest, and would fail to decode some names. */
const boardQuery = z
  .object({
    activeQueue: z
      .string()
      .regex(/^[\w-]*$/)
      .optional(),
  })
  .catchall(z.string());
type BoardQuery = z.infer<typeof boardQuery>;

/** Bull Board, without anything that would change the queue: there are no routes for it (docs/decisions/049). */
@Controller({ path: 'admin/queues', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class QueueBoardController {
  private readonly base: string;

  constructor(
    private readonly board: QueueBoard,
    { PUBLIC_URL }: Config,
  ) {
    this.base = `${basePathOf(PUBLIC_URL)}${ADDRESS}/`;
  }

  @Get(VIEWS)
  @BullBoardPage(readQueues)
  page(): Promise<string> {
    return this.board.page(this.base);
  }

  @Get('static/*')
  @RequirePermission(readQueues)
  async asset(@Param('*') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const asset = (await this.board.asset(name)) ?? notFound();
    void reply.type(asset.type).header('cache-control', 'private, max-age=3600');
    return asset.content;
  }

  @Get('api/*')
  @RequirePermission(readQueues)
  async read(
    @Param('*') path: string,
    @Query({ schema: boardQuery }) query: BoardQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { status, body } = (await this.board.read(`/api/${path}`, query)) ?? notFound();
    void reply.code(status);
    return body;
  }
}

function notFound(): never {
  throw new RouteNotFound();
}
