import { expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
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
  return {
    order,
    owner: aBuyer({ id: order.userId }),
    stored,
    cancelOrder: new CancelOrder(orders, { now: () => NOW }),
  };
}

it('cancels whichever version is current when none is named', async () => {
  const { order, owner, stored, cancelOrder } = await setup({ version: 3 });

  const cancelled = await cancelOrder.execute(owner, order.id, null);

  expect(cancelled).toMatchObject({ status: 'cancelled', version: 4, cancelledAt: NOW });
  expect(await stored()).toEqual(cancelled);
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
  const { order, owner, stored, cancelOrder } = await setup({ status: 'fulfilled' });

  await expect(cancelOrder.execute(owner, order.id, null)).rejects.toThrow(OrderNotCancellable);
  expect(await stored()).toEqual(order);
});

it.each([
  ['an order that can be cancelled', 'placed'],
  ['one that cannot', 'fulfilled'],
] as const)('tells a stranger nothing about %s, whatever version they name', async (_, status) => {
  const { order, stored, cancelOrder } = await setup({ status });

  await expect(cancelOrder.execute(aBuyer(), order.id, ['99'])).rejects.toThrow(OrderNotFound);
  expect(await stored()).toEqual(order);
});

it('refuses somebody without the permission', async () => {
  const { order, stored, cancelOrder } = await setup();
  const owner = aBuyer({ id: order.userId, permissions: new Set(['orders:read']) });

  await expect(cancelOrder.execute(owner, order.id, null)).rejects.toThrow(PermissionDenied);
  expect(await stored()).toEqual(order);
});
