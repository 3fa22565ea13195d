import type { Principal } from '#platform/kernel/access/principal.js';
import type { OperationDefinition } from '#platform/kernel/operations/operation-definition.js';
import { type Operation, OperationNotFound, type Operations } from '#platform/kernel/operations/operations.js';
import { newId } from '#platform/kernel/values/ids.js';

export const anOperation = (overrides: Partial<Operation> = {}): Operation => ({
  id: newId(),
  kind: 'tests.count',
  ownerId: newId(),
  apiKeyId: null,
  status: 'running',
  percent: 10,
  createdAt: new Date('2030-01-01T12:00:00Z'),
  updatedAt: new Date('2030-01-01T12:00:01Z'),
  result: null,
  problem: null,
  ...overrides,
});

export class InMemoryOperations implements Operations {
  private readonly byId: Map<string, Operation>;

  constructor(...operations: readonly Operation[]) {
    this.byId = new Map(operations.map((operation) => [operation.id, operation]));
  }

  async start<Input>(
    { kind }: OperationDefinition<Input, unknown>,
    { id: ownerId, apiKeyId = '' }: Principal,
  ): Promise<Operation> {
    const operation = anOperation({ kind, ownerId, apiKeyId: apiKeyId || null, status: 'pending', percent: 0 });
    this.byId.set(operation.id, operation);
    return operation;
  }

  async find(id: string): Promise<Operation | null> {
    return this.byId.get(id) ?? null;
  }

  async cancel(id: string): Promise<Operation> {
    const operation = this.byId.get(id);
    if (!operation) throw new OperationNotFound();
    const cancelled = { ...operation, status: 'cancelled' } as const;
    this.byId.set(id, cancelled);
    return cancelled;
  }
}
