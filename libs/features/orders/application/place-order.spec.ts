import { expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { OrderCurrenciesMixed } from '../domain/order.errors.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { aBuyer, anItem, aPurchase, NOW } from '../testing/order.factory.js';
import { PlaceOrder } from './place-order.js';

function setup() {
  const orders = new InMemoryOrdersRepository();
  const jobs = new RecordedJobs();
  const transaction = { run: <T>(work: () => Promise<T>) => work() };
  return { orders, jobs, placeOrder: new PlaceOrder(orders, jobs, transaction, { now: () => NOW }) };
}

it('stores an order of the buyer and queues its fulfilment and its confirmation', async () => {
  const { orders, jobs, placeOrder } = setup();
  const buyer = aBuyer();

  const order = await placeOrder.execute(buyer, aPurchase());

  expect(order).toMatchObject({
    userId: buyer.id,
    status: 'placed',
    total: { amount: 2500, currency: 'EUR' },
    placedAt: NOW,
  });
  expect(await orders.findById(order.id)).toEqual(order);
  expect(jobs.enqueued).toEqual([
    { name: 'orders.fulfil', payload: { orderId: order.id } },
    { name: 'orders.send-confirmation', payload: { orderId: order.id } },
  ]);
});

it('queues nothing for an order it refuses', async () => {
  const { jobs, placeOrder } = setup();
  const items = [anItem(), anItem({ unitPrice: { amount: 1, currency: 'USD' } })];

  await expect(placeOrder.execute(aBuyer(), aPurchase({ items }))).rejects.toThrow(OrderCurrenciesMixed);
  expect(jobs.enqueued).toEqual([]);
});

it('refuses somebody without the permission', async () => {
  const { jobs, placeOrder } = setup();
  const reader = aBuyer({ permissions: new Set(['orders:read']) });

  await expect(placeOrder.execute(reader, aPurchase())).rejects.toThrow(PermissionDenied);
  expect(jobs.enqueued).toEqual([]);
});
