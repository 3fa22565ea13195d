import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { anOrder } from '../testing/order.factory.js';
import { FindOrder } from './find-order.js';

it('finds an order of any buyer, or none', async () => {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder();
  await orders.add(order);
  const findOrder = new FindOrder(orders);

  expect([await findOrder.execute(order.id), await findOrder.execute(newId())]).toEqual([order, null]);
});
