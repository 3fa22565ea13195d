import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { Order } from '../domain/order.js';
import { aBuyer, anOrder, daysBeforeNow } from '../testing/order.factory.js';
import { ordersApp } from '../testing/orders-app.js';

const administrator = aBuyer({ permissions: new Set(['orders:restore']) });
const { app, orders } = await ordersApp(administrator);
afterAll(() => app.close());

async function aDeletedOrder(overrides: Partial<Order> = {}): Promise<Order> {
  const order = anOrder({ status: 'fulfilled', version: 3, deletedAt: daysBeforeNow(1), ...overrides });
  await orders.add(order);
  return order;
}

const list = (query = '') => app.inject({ method: 'GET', url: `/v1/orders/deleted${query}` });
const restore = (id: string) => app.inject({ method: 'POST', url: `/v1/orders/${id}/restore` });

describe('GET /v1/orders/deleted', () => {
  it('answers 200 page by page, last deleted first, with whose they are', async () => {
    const [earlier, later] = [daysBeforeNow(20), daysBeforeNow(10)];
    const deleted = [await aDeletedOrder({ deletedAt: earlier }), await aDeletedOrder({ deletedAt: later })];

    const first = (await list('?limit=1')).json();
    const second = (await list(`?limit=1&cursor=${first.meta.page.nextCursor}`)).json();

    const [last, one] = deleted.toReversed().map(({ id, userId }) => ({ id, userId }));
    expect(first.data).toMatchObject([{ ...last, deletedAt: later.toISOString() }]);
    expect(second.data).toMatchObject([{ ...one, deletedAt: earlier.toISOString() }]);
    expect(second.meta.page.nextCursor).toBeNull();
  });

  it.each(['?limit=0', '?status=placed', '?userId=1'])('answers 422 to %s', async (query) => {
    expect((await list(query)).statusCode).toBe(422);
  });
});

describe('POST /v1/orders/:id/restore', () => {
  it('answers 200 with the order and its new version, and its owner finds it again', async () => {
    const order = await aDeletedOrder();

    const response = await restore(order.id);

    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"4"');
    expect(response.json().data).toMatchObject({ id: order.id, status: 'fulfilled' });
    expect(await orders.findOwned(order.id, order.userId)).toEqual({ ...order, version: 4, deletedAt: null });
  });

  it('answers 404 with a code when there is no such order, it is not deleted, or it is to be purged', async () => {
    const { id: there } = await aDeletedOrder({ deletedAt: null });
    const { id: late } = await aDeletedOrder({ deletedAt: daysBeforeNow(31) });

    const responses = await Promise.all([newId(), there, late].map(restore));

    expect(responses.map((response) => [response.statusCode, response.json().code])).toEqual(
      Array.from({ length: 3 }, () => [404, 'ORDER_NOT_FOUND']),
    );
  });

  it('answers 422 to an id that is none', async () => {
    expect((await restore('1')).statusCode).toBe(422);
  });
});

describe('a buyer, who may do everything with orders of their own', () => {
  it('gets 403 when trying to see deleted ones or to restore one', async () => {
    const { app, buyer, orders } = await ordersApp();
    const order = anOrder({ userId: buyer.id, status: 'fulfilled', deletedAt: daysBeforeNow(1) });
    await orders.add(order);

    const responses = await Promise.all([
      app.inject({ method: 'GET', url: '/v1/orders/deleted' }),
      app.inject({ method: 'POST', url: `/v1/orders/${order.id}/restore` }),
    ]);

    expect(responses.map((response) => [response.statusCode, response.json().code])).toEqual(
      Array.from({ length: 2 }, () => [403, 'PERMISSION_DENIED']),
    );
    expect(await orders.findById(order.id)).toBeNull();
  });
});
