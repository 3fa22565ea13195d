import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { type Operation, Operations } from '#platform/kernel/operations/operations.js';
import { ordersExport } from './orders-export.js';

@Injectable()
export class ExportOrders {
  constructor(private readonly operations: Operations) {}

  /** All of one's own, as CSV: the operation says when it is there. */
  async execute(principal: Principal): Promise<Operation> {
    return this.operations.start(ordersExport, principal, {});
  }
}
