import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { mayAccess, type Operation, OperationNotFound, Operations } from '#platform/kernel/operations/operations.js';
import { cancelOperations } from './operation.permissions.js';

@Injectable()
export class CancelOperation {
  constructor(private readonly operations: Operations) {}

  /** @throws OperationNotFound, also for somebody else's; OperationEnded */
  async execute(principal: Principal, id: string): Promise<Operation> {
    const operation = await this.operations.find(id);
    const mayCancel =
      operation && (mayAccess(operation, principal) || principal.permissions.has(cancelOperations.name));
    if (!mayCancel) throw new OperationNotFound();
    return this.operations.cancel(id);
  }
}
