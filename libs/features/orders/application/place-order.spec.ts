import { expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { OrderCurrenciesMixed } from '../domain/order.errors.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { aBuyer, anItem, aPurchase, NOW } from '../testing/order.factory.js';
import { PlaceOrder } from './place-order.js';

function setup() {
  const orders = new InMemoryOrdersRepository();
  const jobs = new RecordedJobs();
  const events = new RecordedEvents();
  const placeOrder = new PlaceOrder(orders, jobs, events, new ImmediateTransaction(), { now: () => NOW });
  return { orders, jobs, events, placeOrder };
}

it('stores an order of the buyer, queues its fulfilment and tells of it', async () => {
  const { orders, jobs, events, placeOrder } = setup();
  const buyer = aBuyer();

  const order = await placeOrder.execute(buyer, aPurchase());

  expect(order).toMatchObject({
    userId: buyer.id,
    status: 'placed',
    total: { amount: 2500, currency: 'EUR' },
    placedAt: NOW,
  });
  expect(await orders.findById(order.id)).toEqual(order);
  expect(jobs.enqueued).toEqual([{ name: 'orders.fulfil', payload: { orderId: order.id } }]);
  expect(events.published).toEqual([{ name: 'order.placed', payload: { orderId: order.id, userId: buyer.id } }]);
});

it('queues nothing for an order it refuses, and tells nobody', async () => {
  const { jobs, events, placeOrder } = setup();
  const items = [anItem(), anItem({ unitPrice: { amount: 1, currency: 'USD' } })];

  await expect(placeOrder.execute(aBuyer(), aPurchase({ items }))).rejects.toThrow(OrderCurrenciesMixed);
  expect([jobs.enqueued, events.published]).toEqual([[], []]);
});
