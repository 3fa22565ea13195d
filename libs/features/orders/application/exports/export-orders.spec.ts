import { expect, it } from 'vitest';
import { InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { aBuyer } from '../../testing/order.factory.js';
import { ExportOrders } from './export-orders.js';

it('starts an operation of the buyer', async () => {
  const buyer = aBuyer();

  const operation = await new ExportOrders(new InMemoryOperations()).execute(buyer);

  expect(operation).toMatchObject({ kind: 'orders.export', ownerId: buyer.id, status: 'pending' });
});
