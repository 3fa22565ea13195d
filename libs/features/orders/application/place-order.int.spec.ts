import { afterAll, expect, it } from 'vitest';
import { OutboxEvents } from '#platform/jobs/events/outbox-events.js';
import { OutboxJobs } from '#platform/jobs/outbox/outbox-jobs.js';
import type { Jobs } from '#platform/kernel/jobs/jobs.js';
import { uncached } from '#platform/testing/doubles/uncached.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { PrismaOrdersRepository } from '../infrastructure/prisma-orders.repository.js';
import { aBuyer, aPurchase, NOW } from '../testing/order.factory.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { orderPlaced } from './order.events.js';
import { PlaceOrder } from './place-order.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function setup(jobs: Jobs) {
  const orders = new PrismaOrdersRepository(database, uncached);
  const buyer = aBuyer({ id: await aStoredUserId(database) });
  const storedOrders = async () => (await orders.listOwned(buyer.id, {}, { limit: 10, after: null })).items;
  const placeOrder = new PlaceOrder(orders, jobs, new OutboxEvents(jobs), database, { now: () => NOW });
  return { buyer, storedOrders, placeOrder };
}

it('stores the order together with its job and its event', async () => {
  const { buyer, storedOrders, placeOrder } = await setup(new OutboxJobs(database));

  const order = await placeOrder.execute(buyer, aPurchase());

  const jobs = await database.client.job.findMany({
    where: { payload: { path: ['orderId'], equals: order.id } },
    orderBy: { id: 'asc' },
  });
  expect(await storedOrders()).toEqual([order]);
  expect(jobs.map(({ name }) => name)).toEqual(['orders.fulfil', 'order.placed']);
});

it('stores nothing at all when one of the jobs cannot be recorded', async () => {
  const outbox = new OutboxJobs(database);
  const enqueued: unknown[] = [];
  const { buyer, storedOrders, placeOrder } = await setup({
    enqueue: async (job, payload) => {
      if (job.name === orderPlaced.name) throw new Error('no');
      enqueued.push(payload);
      return outbox.enqueue(job, payload);
    },
  });

  await expect(placeOrder.execute(buyer, aPurchase())).rejects.toThrow('no');

  const [recorded] = enqueued as [object];
  expect(await storedOrders()).toEqual([]);
  expect(await database.client.job.count({ where: { payload: { equals: { ...recorded } } } })).toBe(0);
});
