import { expect, it } from 'vitest';
import { anOrder, daysBeforeNow } from '../../testing/order.factory.js';
import { setup } from '../../testing/order-deletion.js';

it('lists what can be restored, no matter who deleted it, and nothing that waits to be purged', async () => {
  const { orders, order, listDeletedOrders } = await setup({ status: 'fulfilled', deletedAt: daysBeforeNow(29) });
  const another = anOrder({ status: 'cancelled', deletedAt: daysBeforeNow(1) });
  for (const other of [another, anOrder(), anOrder({ status: 'cancelled', deletedAt: daysBeforeNow(30) })])
    await orders.add(other);

  const { items } = await listDeletedOrders.execute({ limit: 10, after: null });

  expect(items).toEqual([another, order]);
});
