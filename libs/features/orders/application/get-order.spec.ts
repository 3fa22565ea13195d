import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { OrderNotFound } from '../domain/order.errors.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { aBuyer, anOrder } from '../testing/order.factory.js';
import { GetOrder } from './get-order.js';

async function setup() {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder();
  await orders.add(order);
  return { order, owner: aBuyer({ id: order.userId }), getOrder: new GetOrder(orders) };
}

it('shows the owner an order', async () => {
  const { order, owner, getOrder } = await setup();

  expect(await getOrder.execute(owner, order.id)).toEqual(order);
});

it("answers somebody else's order exactly like a missing one", async () => {
  const { order, getOrder } = await setup();
  const stranger = aBuyer();

  const refusals = await Promise.allSettled([
    getOrder.execute(stranger, order.id),
    getOrder.execute(stranger, newId()),
  ]);

  const refused = { status: 'rejected', reason: new OrderNotFound() };
  expect(refusals).toEqual([refused, refused]);
});
