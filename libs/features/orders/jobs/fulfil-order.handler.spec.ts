import { expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
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
  const events = new RecordedEvents();
  const fulfil = new FulfilOrder(orders, events, new ImmediateTransaction(), { now: () => NOW });
  return { order, stored, events, handler: new FulfilOrderHandler(fulfil) };
}

it('fulfils a placed order and tells of it', async () => {
  const { order, stored, events, handler } = await setup();

  await handler.handle({ orderId: order.id });

  expect(await stored()).toMatchObject({ status: 'fulfilled', version: 2, fulfilledAt: NOW });
  expect(events.published).toEqual([{ name: 'order.fulfilled', payload: { orderId: order.id, userId: order.userId } }]);
});

it.each(['fulfilled', 'cancelled'] as const)('leaves an order alone that is already %s', async (status) => {
  const { order, stored, events, handler } = await setup({ status });

  await handler.handle({ orderId: order.id });

  expect([await stored(), events.published]).toEqual([order, []]);
});

it('fails for an order that is not there, so that it becomes a dead letter', async () => {
  const { handler } = await setup();

  await expect(handler.handle({ orderId: anOrder().id })).rejects.toThrow(OrderNotFound);
});
