import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { CancelOperation } from './application/cancel-operation.js';
import { GetOperation } from './application/get-operation.js';
import { OperationStreams } from './http/operation-streams.js';
import { OperationsController } from './http/operations.controller.js';

/** Mounted by apps/api. */
@OpenApiTag({
  name: 'Operations',
  description: 'Work that takes longer than a request: how far it is, and its result.',
})
@Module({ controllers: [OperationsController], providers: [GetOperation, CancelOperation, OperationStreams] })
export class OperationsApiModule {}
