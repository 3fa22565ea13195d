import { expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { OrderChanged, OrderNotCancellable, OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { aBuyer, anOrder, NOW } from '../testing/order.factory.js';
import { CancelOrder } from './cancel-order.js';

async function setup(overrides: Partial<Order> = {}) {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder(overrides);
  await orders.add(order);
  const stored = () => orders.findById(order.id);
  const events = new RecordedEvents();
  return {
    order,
    owner: aBuyer({ id: order.userId }),
    stored,
    events,
    cancelOrder: new CancelOrder(orders, events, new ImmediateTransaction(), { now: () => NOW }),
  };
}

it('cancels whichever version is current when none is named', async () => {
  const { order, owner, stored, cancelOrder } = await setup({ version: 3 });

  const cancelled = await cancelOrder.execute(owner, order.id, null);

  expect(cancelled).toMatchObject({ status: 'cancelled', version: 4, cancelledAt: NOW });
  expect(await stored()).toEqual(cancelled);
});

it('tells of a cancelled order once, however often it is cancelled', async () => {
  const { order, owner, events, cancelOrder } = await setup();

  await cancelOrder.execute(owner, order.id, null);
  await cancelOrder.execute(owner, order.id, null);

  expect(events.published).toEqual([{ name: 'order.cancelled', payload: { orderId: order.id, userId: owner.id } }]);
});

it('cancels the version that is named', async () => {
  const { order, owner, cancelOrder } = await setup({ version: 3 });

  expect(await cancelOrder.execute(owner, order.id, ['3'])).toMatchObject({ status: 'cancelled' });
});

it('leaves an order alone that has changed since', async () => {
  const { order, owner, stored, cancelOrder } = await setup({ version: 3 });

  await expect(cancelOrder.execute(owner, order.id, ['2'])).rejects.toThrow(OrderChanged);
  expect(await stored()).toEqual(order);
});

it('leaves a fulfilled order alone', async () => {
  const { order, owner, stored, events, cancelOrder } = await setup({ status: 'fulfilled' });

  await expect(cancelOrder.execute(owner, order.id, null)).rejects.toThrow(OrderNotCancellable);
  expect([await stored(), events.published]).toEqual([order, []]);
});

it('tells the owner nothing about an order that is deleted', async () => {
  const { order, owner, cancelOrder } = await setup({ status: 'cancelled', deletedAt: NOW });

  await expect(cancelOrder.execute(owner, order.id, null)).rejects.toThrow(OrderNotFound);
});

it.each([
  ['an order that can be cancelled', 'placed'],
  ['one that cannot', 'fulfilled'],
] as const)('tells a stranger nothing about %s, whatever version they name', async (_, status) => {
  const { order, stored, cancelOrder } = await setup({ status });

  await expect(cancelOrder.execute(aBuyer(), order.id, ['99'])).rejects.toThrow(OrderNotFound);
  expect(await stored()).toEqual(order);
});
