import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OperationHandlers } from './operation-handlers.js';
import { OperationLeases } from './operation-leases.js';
import { OperationLoops } from './operation-loops.js';
import { OperationRunner } from './operation-runner.js';
import { OperationsModule } from './operations.module.js';
import { RemoveEndedOperationsHandler } from './remove-ended-operations.handler.js';

/** Mounted by apps/worker: runs the operations of every mounted feature. */
@Module({
  imports: [OperationsModule, DiscoveryModule],
  providers: [OperationHandlers, OperationLeases, OperationRunner, OperationLoops, RemoveEndedOperationsHandler],
})
export class OperationsWorkerModule {}
