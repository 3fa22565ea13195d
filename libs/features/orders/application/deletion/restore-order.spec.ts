import { expect, it } from 'vitest';
import { OrderNotFound } from '../../domain/order.errors.js';
import { daysBeforeNow, NOW } from '../../testing/order.factory.js';
import { setup } from '../../testing/order-deletion.js';

it('gives a deleted order back as it was, in a version of its own, and remembers who did it', async () => {
  const { order, stored, audit, restoreOrder } = await setup({ status: 'fulfilled', version: 3, deletedAt: NOW });

  const restored = await restoreOrder.execute(order.id);

  expect(restored).toEqual({ ...order, version: 4, deletedAt: null });
  expect(await stored()).toEqual(restored);
  expect(audit.recorded).toEqual([{ type: 'order.restored', subjectId: order.id }]);
});

it.each([
  ['that is not deleted', null],
  ['that was deleted thirty days ago and waits to be purged', daysBeforeNow(30)],
])('finds no order %s', async (_, deletedAt) => {
  const { order, stored, audit, restoreOrder } = await setup({ status: 'fulfilled', deletedAt });

  await expect(restoreOrder.execute(order.id)).rejects.toThrow(OrderNotFound);
  expect([await stored(), audit.recorded]).toEqual([order, []]);
});
