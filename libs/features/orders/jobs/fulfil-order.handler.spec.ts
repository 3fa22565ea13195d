import { expect, it } from '@jest/globals';
import { FulfilOrder } from '../application/fulfil-order.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { anOrder, NOW } from '../testing/order.factory.js';
import { FulfilOrderHandler } from './fulfil-order.handler.js';

async function setup(overrides: Partial<Order> = {}) {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder(overrides);
  await orders.add(order);
  const stored = () => orders.findById(order.id);
  return { order, stored, handler: new FulfilOrderHandler(new FulfilOrder(orders, { now: () => NOW })) };
}

it('fulfils a placed order', async () => {
  const { order, stored, handler } = await setup();

  await handler.handle({ orderId: order.id });

  expect(await stored()).toMatchObject({ status: 'fulfilled', version: 2, fulfilledAt: NOW });
});

it.each(['fulfilled', 'cancelled'] as const)('leaves an order alone that is already %s', async (status) => {
  const { order, stored, handler } = await setup({ status });

  await handler.handle({ orderId: order.id });

  expect(await stored()).toEqual(order);
});

it('fails for an order that is not there, so that somebody looks at it', async () => {
  const { handler } = await setup();

  await expect(handler.handle({ orderId: anOrder().id })).rejects.toThrow(OrderNotFound);
});
