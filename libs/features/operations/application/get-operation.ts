import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { mayAccess, type Operation, OperationNotFound, Operations } from '#platform/kernel/operations/operations.js';
import { readOperations } from './operation.permissions.js';

@Injectable()
export class GetOperation {
  constructor(private readonly operations: Operations) {}

  /** One's own, or anybody's with the permission, but then without its result. @throws OperationNotFound */
  async execute(principal: Principal, id: string): Promise<Operation> {
    const operation = await this.operations.find(id);
    if (operation && mayAccess(operation, principal)) return operation;
    if (operation && principal.permissions.has(readOperations.name)) return { ...operation, result: null };
    throw new OperationNotFound();
  }
}
