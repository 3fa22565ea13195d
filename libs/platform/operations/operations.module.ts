import { Global, Module } from '@nestjs/common';
import { Operations } from '../kernel/operations/operations.js';
import { OperationViews } from './operation-views.js';
import { SqlOperations } from './sql-operations.js';

/** What both apps need: start an operation, and see how far it is. */
@Global()
@Module({
  providers: [{ provide: Operations, useClass: SqlOperations }, OperationViews],
  exports: [Operations, OperationViews],
})
export class OperationsModule {}
