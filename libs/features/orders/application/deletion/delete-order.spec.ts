import { expect, it } from 'vitest';
import { OrderChanged, OrderNotDeletable, OrderNotFound } from '../../domain/order.errors.js';
import { aBuyer, NOW } from '../../testing/order.factory.js';
import { setup } from '../../testing/order-deletion.js';

it('deletes whichever version is current when none is named, and remembers who did it', async () => {
  const { order, owner, stored, audit, deleteOrder } = await setup({ status: 'fulfilled', version: 3 });

  await deleteOrder.execute(owner, order.id, null);

  expect(await stored()).toEqual({ ...order, version: 4, deletedAt: NOW });
  expect(audit.recorded).toEqual([{ type: 'order.deleted', subjectId: order.id }]);
});

it('deletes the version that is named, and no other', async () => {
  const { order, owner, stored, deleteOrder } = await setup({ status: 'cancelled', version: 3 });

  await expect(deleteOrder.execute(owner, order.id, ['2'])).rejects.toThrow(OrderChanged);
  expect(await stored()).toEqual(order);

  await deleteOrder.execute(owner, order.id, ['3']);
  expect(await stored()).toMatchObject({ deletedAt: NOW });
});

it('leaves an order alone that waits to be fulfilled', async () => {
  const { order, owner, stored, audit, deleteOrder } = await setup({ status: 'placed' });

  await expect(deleteOrder.execute(owner, order.id, null)).rejects.toThrow(OrderNotDeletable);
  expect([await stored(), audit.recorded]).toEqual([order, []]);
});

it('finds nothing to delete the second time', async () => {
  const { order, owner, stored, deleteOrder } = await setup({ status: 'fulfilled', version: 2, deletedAt: NOW });

  await expect(deleteOrder.execute(owner, order.id, null)).rejects.toThrow(OrderNotFound);
  expect(await stored()).toEqual(order);
});

it.each(['placed', 'fulfilled'] as const)('tells a stranger nothing about a %s order', async (status) => {
  const { order, stored, deleteOrder } = await setup({ status });

  await expect(deleteOrder.execute(aBuyer(), order.id, ['99'])).rejects.toThrow(OrderNotFound);
  expect(await stored()).toEqual(order);
});
