import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { type Operation, Operations } from '#platform/kernel/operations/operations.js';
import { readOrders } from './order.permissions.js';
import { ordersExport } from './orders-export.js';

@Injectable()
export class ExportOrders {
  constructor(private readonly operations: Operations) {}

  /** All of one's own, as CSV: the operation says when it is there. */
  async execute(principal: Principal): Promise<Operation> {
    requirePermission(principal, readOrders);

    return this.operations.start(ordersExport, principal, {});
  }
}
