import { expect, it } from 'vitest';
import { OperationNotFound } from '#platform/kernel/operations/operations.js';
import { newId } from '#platform/kernel/values/ids.js';
import { anOperation, InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { anApiKey, aUser } from '../testing/principals.js';
import { CancelOperation } from './cancel-operation.js';

function setup() {
  const operation = anOperation();
  const operations = new InMemoryOperations(operation);
  return { operation, operations, cancelOperation: new CancelOperation(operations) };
}

it('is cancelled by its owner', async () => {
  const { operation, cancelOperation } = setup();

  expect(await cancelOperation.execute(aUser(operation.ownerId), operation.id)).toMatchObject({ status: 'cancelled' });
});

it('is cancelled by those who may cancel all', async () => {
  const { operation, cancelOperation } = setup();
  const operator = aUser(newId(), 'operations:cancel');

  expect(await cancelOperation.execute(operator, operation.id)).toMatchObject({ status: 'cancelled' });
});

it.each([
  ['a stranger', () => aUser()],
  ['those who may only see all', () => aUser(newId(), 'operations:read')],
  ['another API key of its owner', (ownerId: string) => anApiKey(ownerId)],
])('tells %s nothing, and goes on', async (_who, who) => {
  const { operation, operations, cancelOperation } = setup();

  await expect(cancelOperation.execute(who(operation.ownerId), operation.id)).rejects.toThrow(OperationNotFound);
  expect(await operations.find(operation.id)).toEqual(operation);
});
