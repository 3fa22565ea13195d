import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { anOrder, NOW } from '../testing/order.factory.js';
import { FulfilOrder } from './fulfil-order.js';

async function setup(overrides: Partial<Order> = {}) {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder(overrides);
  await orders.add(order);
  const events = new RecordedEvents();
  const fulfilOrder = new FulfilOrder(orders, events, new ImmediateTransaction(), { now: () => NOW });
  return { order, orders, events, fulfilOrder, stored: () => orders.findById(order.id) };
}

it('fulfils an order that was placed, and tells of it', async () => {
  const { order, events, stored, fulfilOrder } = await setup();

  await fulfilOrder.execute(order.id);

  expect(await stored()).toEqual({ ...order, status: 'fulfilled', version: 2, fulfilledAt: NOW });
  expect(events.published).toEqual([{ name: 'order.fulfilled', payload: { orderId: order.id, userId: order.userId } }]);
});

it('leaves an order alone that its buyer has cancelled, and tells nobody', async () => {
  const { order, events, stored, fulfilOrder } = await setup({ status: 'cancelled', cancelledAt: NOW });

  await fulfilOrder.execute(order.id);

  expect([await stored(), events.published]).toEqual([order, []]);
});

it('leaves an order alone that its buyer has cancelled and deleted, and does not fail', async () => {
  const { order, orders, events, fulfilOrder } = await setup({ status: 'cancelled', deletedAt: NOW });

  await fulfilOrder.execute(order.id);

  const { items } = await orders.listDeleted(new Date(0), { limit: 10, after: null });
  expect([items, events.published]).toEqual([[order], []]);
});

it('finds no order that does not exist', async () => {
  const { fulfilOrder } = await setup();

  await expect(fulfilOrder.execute(newId())).rejects.toThrow(OrderNotFound);
});
