import { afterAll, describe, expect, it } from 'vitest';
import { aBuyer, anOrder } from '../testing/order.factory.js';
import { ordersApp } from '../testing/orders-app.js';

const { app, buyer, search } = await ordersApp();
afterAll(() => app.close());

const find = (query: string) => app.inject({ method: 'GET', url: `/v1/orders/search${query}` });

describe('GET /v1/orders/search', () => {
  it('answers 200 with one’s own orders, page by page', async () => {
    const mine = [1, 2].map((minute) =>
      anOrder({ userId: buyer.id, note: 'Ring twice.', placedAt: new Date(`2030-01-01T12:0${minute}:00Z`) }),
    );
    search.orders.push(...mine, anOrder({ note: 'Ring twice.' }));

    const first = await find('?q=Ring%20twice&limit=1');
    const second = (await find(`?q=Ring%20twice&limit=1&cursor=${first.json().meta.page.nextCursor}`)).json();

    expect(first.statusCode).toBe(200);
    expect([first.json().data, second.data].flat()).toMatchObject(mine.toReversed().map(({ id }) => ({ id })));
    expect(second.meta.page.nextCursor).toBeNull();
  });

  it('answers 400 to a cursor of another text', async () => {
    search.orders.push(anOrder({ userId: buyer.id, note: 'tea' }), anOrder({ userId: buyer.id, note: 'tea' }));
    const { nextCursor } = (await find('?q=tea&limit=1')).json().meta.page;

    expect((await find(`?q=teapot&limit=1&cursor=${nextCursor}`)).json()).toMatchObject({
      status: 400,
      code: 'CURSOR_INVALID',
    });
  });

  it.each(['', '?q=', '?q=%20', `?q=${'a'.repeat(201)}`, '?q=a%00b', '?q=a&sort=price', '?q=a&limit=0'])(
    'answers 422 to %j',
    async (query) => {
      expect((await find(query)).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    },
  );
});

it('answers 403 to who may not read orders', async () => {
  const { app: other } = await ordersApp(aBuyer({ permissions: new Set() }));

  expect((await other.inject('/v1/orders/search?q=a')).statusCode).toBe(403);
});
