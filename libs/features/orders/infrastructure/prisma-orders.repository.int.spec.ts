import { AsyncResource } from 'node:async_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { testCache } from '#platform/testing/test-cache.js';
import { testDatabase } from '#platform/testing/test-database.js';
import type { Order } from '../domain/order.js';
import { anOrder } from '../testing/order.factory.js';
import { describeOrdersRepository } from '../testing/orders.repository.contract.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { PrismaOrdersRepository } from './prisma-orders.repository.js';

const database = testDatabase();
const { cache, close } = await testCache(database);
afterAll(async () => {
  await close();
  await database.onApplicationShutdown();
});

const orders = new PrismaOrdersRepository(database, cache);
const aUserId = () => aStoredUserId(database);
describeOrdersRepository('PrismaOrdersRepository', () => ({ orders, aUserId }));

describe('an order that was read before', () => {
  const fulfilled = (order: Order): Order => ({ ...order, status: 'fulfilled', version: 2 });

  it('is shown as it is after a change, and as it was while the change is not committed', async () => {
    const order = anOrder({ userId: await aUserId() });
    await orders.add(order);
    const read = () => orders.findOwned(order.id, order.userId);
    const elsewhere = new AsyncResource('elsewhere');
    const seen = [await read()];

    await database.transaction(async () => {
      await orders.update(order.id, fulfilled);
      seen.push(await read(), await elsewhere.runInAsyncScope(read));
    });
    seen.push(await read());

    expect(seen.map((found) => found?.status)).toEqual(['placed', 'fulfilled', 'placed', 'fulfilled']);
  });

  it('is shown as it was after a change that was rolled back', async () => {
    const order = anOrder({ userId: await aUserId() });
    await orders.add(order);
    await orders.findOwned(order.id, order.userId);

    const change = database.transaction(async () => {
      await orders.update(order.id, fulfilled);
      throw new Error('no');
    });

    await expect(change).rejects.toThrow('no');
    expect(await orders.findOwned(order.id, order.userId)).toEqual(order);
  });

  it.each(['before them', 'after them'])(
    'is never shown to somebody else, whether its owner reads it %s',
    async (when) => {
      const [userId, other] = [await aUserId(), await aUserId()];
      const order = anOrder({ userId });
      await orders.add(order);
      const readers = when === 'before them' ? [userId, other] : [other, userId];

      const found = [];
      for (const reader of readers) found.push([reader, await orders.findOwned(order.id, reader)]);

      expect(Object.fromEntries(found)).toEqual({ [userId]: order, [other]: null });
    },
  );
});
