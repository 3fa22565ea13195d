import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Flags, SwitchedOff } from '#platform/kernel/flags.js';
import { type Operation, Operations } from '#platform/kernel/operations/operations.js';
import { exportsFlag } from '../order.flags.js';
import { ordersExport } from './orders-export.js';

@Injectable()
export class ExportOrders {
  constructor(
    private readonly operations: Operations,
    private readonly flags: Flags,
  ) {}

  /** All of one's own, as CSV: the operation says when it is there. @throws SwitchedOff */
  async execute(principal: Principal): Promise<Operation> {
    if (!(await this.flags.valueOf(exportsFlag, principal))) throw new SwitchedOff();
    return this.operations.start(ordersExport, principal, {});
  }
}
