import { Module } from '@nestjs/common';
import { CancelOperation } from './application/cancel-operation.js';
import { GetOperation } from './application/get-operation.js';
import { OperationStreams } from './http/operation-streams.js';
import { OperationsController } from './http/operations.controller.js';

/** Mounted by apps/api. */
@Module({ controllers: [OperationsController], providers: [GetOperation, CancelOperation, OperationStreams] })
export class OperationsApiModule {}
