import { Controller, Get, Headers, Param, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { AnyCredential } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { OperationEnded, OperationNotFound } from '#platform/kernel/operations/operations.js';
import { OperationViews, operationHeaders, operationResponse } from '#platform/operations/operation-views.js';
import { CancelOperation } from '../application/cancel-operation.js';
import { GetOperation } from '../application/get-operation.js';
import { type OperationParams, operationParams } from './operation.schemas.js';
import { OperationStreams } from './operation-streams.js';

const EVENT_STREAM = 'text/event-stream';

@Controller({ path: 'operations', version: '1' })
export class OperationsController {
  constructor(
    private readonly getOperation: GetOperation,
    private readonly cancelOperation: CancelOperation,
    private readonly views: OperationViews,
    private readonly streams: OperationStreams,
  ) {}

  @Get(':id')
  @ApiOperation({
    summary: 'Get an operation',
    description: 'Asked for `text/event-stream` it goes on telling until the operation ends.',
  })
  @AnyCredential()
  @Returns(200, operationResponse, { retryAfter: operationHeaders.retryAfter })
  @Throws(OperationNotFound)
  async get(
    @Param({ schema: operationParams }) { id }: OperationParams,
    @CurrentPrincipal() principal: Principal,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const read = async () => this.views.of(await this.getOperation.execute(principal, id));
    const operation = await read();
    if (!accept?.includes(EVENT_STREAM)) return operation;

    // Compressed, or held back by a proxy, each event would wait for those after it.
    reply.header('content-encoding', 'identity').header('x-accel-buffering', 'no');
    return new StreamableFile(this.streams.stream(operation, read), { type: EVENT_STREAM });
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel an operation', description: 'It stops at its next checkpoint.' })
  @AnyCredential()
  @Returns(202, operationResponse, operationHeaders)
  @Throws(OperationNotFound, OperationEnded)
  async cancel(@Param({ schema: operationParams }) { id }: OperationParams, @CurrentPrincipal() principal: Principal) {
    return this.views.of(await this.cancelOperation.execute(principal, id));
  }
}
