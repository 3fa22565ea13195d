import { expect, it } from '@jest/globals';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { aBuyer, anOrder } from '../testing/order.factory.js';
import { ListOrders } from './list-orders.js';

const FIRST_PAGE = { limit: 20, after: null };

it('lists the orders of the one who asks', async () => {
  const orders = new InMemoryOrdersRepository();
  const [mine, theirs] = [anOrder(), anOrder()];
  await orders.add(mine);
  await orders.add(theirs);

  const page = await new ListOrders(orders).execute(aBuyer({ id: mine.userId }), {}, FIRST_PAGE);

  expect(page).toEqual({ items: [mine], next: null });
});

it('refuses somebody without the permission', async () => {
  const listOrders = new ListOrders(new InMemoryOrdersRepository());

  await expect(listOrders.execute(aBuyer({ permissions: new Set() }), {}, FIRST_PAGE)).rejects.toThrow(
    PermissionDenied,
  );
});
