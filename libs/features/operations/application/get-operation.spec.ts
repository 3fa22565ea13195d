import { describe, expect, it } from 'vitest';
import { OperationNotFound } from '#platform/kernel/operations/operations.js';
import { newId } from '#platform/kernel/values/ids.js';
import { anOperation, InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { anApiKey, aUser } from '../testing/principals.js';
import { GetOperation } from './get-operation.js';

function setup(overrides: Parameters<typeof anOperation>[0] = {}) {
  const operation = anOperation({ status: 'succeeded', result: { orders: 3 }, ...overrides });
  return { operation, getOperation: new GetOperation(new InMemoryOperations(operation)) };
}

describe('an operation', () => {
  it('is shown to its owner, whichever of their credentials asked for it', async () => {
    const { operation, getOperation } = setup({ apiKeyId: newId() });

    expect(await getOperation.execute(aUser(operation.ownerId), operation.id)).toEqual(operation);
  });

  it('is shown to the API key that asked for it, and to no other of the same owner', async () => {
    const { operation, getOperation } = setup({ apiKeyId: newId() });
    const { ownerId, id } = operation;

    expect(await getOperation.execute(anApiKey(ownerId, String(operation.apiKeyId)), id)).toEqual(operation);
    await expect(getOperation.execute(anApiKey(ownerId), id)).rejects.toThrow(OperationNotFound);
  });

  it('is shown without its result to those who may see all', async () => {
    const { operation, getOperation } = setup();

    expect(await getOperation.execute(aUser(newId(), 'operations:read'), operation.id)).toEqual({
      ...operation,
      result: null,
    });
  });

  it('answers a stranger as one that is not there', async () => {
    const { operation, getOperation } = setup();

    await expect(getOperation.execute(aUser(), operation.id)).rejects.toThrow(OperationNotFound);
    await expect(getOperation.execute(aUser(operation.ownerId), newId())).rejects.toThrow(OperationNotFound);
  });
});
