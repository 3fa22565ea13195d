import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { Order } from '../domain/order.js';
import { aBuyer, anItem, anOrder, minutesAfterNow } from '../testing/order.factory.js';
import { ordersApp } from '../testing/orders-app.js';

const { app, buyer, orders } = await ordersApp();
afterAll(() => app.close());

async function aStoredOrder(overrides: Partial<Order> = {}): Promise<Order> {
  const order = anOrder({ userId: buyer.id, ...overrides });
  await orders.add(order);
  return order;
}

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

describe('POST /v1/orders', () => {
  const post = (payload: object, headers: object = { 'idempotency-key': newId() }) =>
    app.inject({ method: 'POST', url: '/v1/orders', payload, headers: { ...headers } });

  it('answers 201 with the order, where it is and its version', async () => {
    const response = await post({ items: [anItem()], note: ' Ring twice. ' });

    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ location: `/v1/orders/${response.json().data.id}`, etag: '"1"' });
    expect(response.json()).toEqual({
      data: {
        id: expect.any(String),
        status: 'placed',
        items: [{ sku: 'espresso-cup', quantity: 2, unitPrice: { amount: 1250, currency: 'EUR' } }],
        total: { amount: 2500, currency: 'EUR' },
        note: 'Ring twice.',
        placedAt: '2030-01-01T12:00:00.000Z',
        fulfilledAt: null,
        cancelledAt: null,
      },
    });
  });

  it('answers 400 without an Idempotency-Key', async () => {
    const response = await post({ items: [anItem()] }, {});

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
  });

  it('answers 422 with a code when currencies are mixed, and points to the one that differs', async () => {
    const response = await post({ items: [anItem(), anItem({ unitPrice: { amount: 1, currency: 'USD' } })] });

    expect(response.statusCode).toBe(422);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      code: 'ORDER_CURRENCIES_MIXED',
      errors: [{ pointer: '#/items/1/unitPrice/currency' }],
    });
  });

  it('answers 422 naming every field at once', async () => {
    const item = { sku: 'two words', quantity: 0, unitPrice: { amount: 0.5, currency: 'eur' } };

    const response = await post({ items: [item], userId: buyer.id });

    expect(response.statusCode).toBe(422);
    expect(response.json().code).toBe('VALIDATION_FAILED');
    expect(
      response
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort(),
    ).toEqual([
      '#/items/0/quantity',
      '#/items/0/sku',
      '#/items/0/unitPrice/amount',
      '#/items/0/unitPrice/currency',
      '#/userId',
    ]);
  });

  it.each([
    ['no items', { items: [] }],
    ['more items than fit into an order', { items: Array.from({ length: 101 }, () => anItem()) }],
    ['a note that cannot be stored', { items: [anItem()], note: 'NUL \0' }],
    ['a note with half a character', { items: [anItem()], note: '\ud83d' }],
    ['a total of its own', { items: [anItem()], total: { amount: 1, currency: 'EUR' } }],
  ])('answers 422 to %s', async (_, body) => {
    expect((await post(body)).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
  });
});

describe('GET /v1/orders', () => {
  type Listed = { data: { id: string }[]; meta: { page: { limit: number; nextCursor: string | null } } };
  const list = async (query: string) => (await get(`/v1/orders?${query}`)).json<Listed>();

  it('answers 200 page by page, newest first', async () => {
    const placedAfter = 'placedAfter=2040-01-01T01:00:00%2B01:00';
    const placed = [];
    for (const hour of [1, 2, 3]) placed.push(await aStoredOrder({ placedAt: new Date(`2040-01-01T0${hour}:00:00Z`) }));
    await aStoredOrder({ userId: newId(), placedAt: new Date('2040-01-01T02:00:00Z') });

    const first = await list(`limit=2&${placedAfter}`);
    const second = await list(`limit=2&${placedAfter}&cursor=${first.meta.page.nextCursor}`);

    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(placed.map(({ id }) => id).toReversed());
    expect(first.meta.page).toEqual({ limit: 2, nextCursor: expect.any(String) });
    expect(second.meta.page).toEqual({ limit: 2, nextCursor: null });
  });

  it('answers 200 with one status', async () => {
    const cancelled = await aStoredOrder({ status: 'cancelled', placedAt: new Date('2041-01-01T00:00:00Z') });
    await aStoredOrder({ placedAt: minutesAfterNow(1) });

    const { data, meta } = await list('status=cancelled&placedAfter=2040-12-31T00:00:00Z');

    expect(data.map(({ id }) => id)).toEqual([cancelled.id]);
    expect(meta.page.limit).toBe(20);
  });

  it('answers 400 to a cursor of another list', async () => {
    await aStoredOrder();
    await aStoredOrder();
    const { meta } = await list('limit=1');

    const response = await get(`/v1/orders?limit=1&status=placed&cursor=${meta.page.nextCursor}`);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=ten',
    'status=lost',
    'placedAfter=yesterday',
    'placedAfter=2030-01-01',
  ])('answers 422 to ?%s', async (query) => {
    expect((await get(`/v1/orders?${query}`)).statusCode).toBe(422);
  });
});

describe('GET /v1/orders/:id', () => {
  it('answers 200 with the order and its version', async () => {
    const order = await aStoredOrder({ status: 'fulfilled', version: 2, fulfilledAt: minutesAfterNow(1) });

    const response = await get(`/v1/orders/${order.id}`);

    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"2"');
    expect(response.json().data).toMatchObject({
      id: order.id,
      status: 'fulfilled',
      fulfilledAt: '2030-01-01T12:01:00.000Z',
    });
  });

  it('answers 304 to a client that has this version', async () => {
    const order = await aStoredOrder();

    const response = await get(`/v1/orders/${order.id}`, { 'if-none-match': '"1"' });

    expect(response.statusCode).toBe(304);
    expect(response.body).toBe('');
  });

  it('answers 404 with a code when there is no such order, or it belongs to somebody else', async () => {
    const theirs = await aStoredOrder({ userId: newId() });

    const responses = await Promise.all([get(`/v1/orders/${newId()}`), get(`/v1/orders/${theirs.id}`)]);

    const problems = responses.map((response) => response.json());
    const { instance: _i, requestId: _r, traceId: _t, ...missing } = problems[0];
    expect(missing).toMatchObject({ status: 404, code: 'ORDER_NOT_FOUND' });
    expect(problems[1]).toMatchObject(missing);
  });

  it('answers 422 to an id that is none', async () => {
    const response = await get('/v1/orders/1');

    expect(response.statusCode).toBe(422);
    expect(response.json().errors).toEqual([expect.objectContaining({ pointer: '#/id' })]);
  });
});

describe('POST /v1/orders/:id/cancel', () => {
  const cancel = ({ id }: Order, headers = {}) =>
    app.inject({ method: 'POST', url: `/v1/orders/${id}/cancel`, headers });

  it('answers 200 with the cancelled order and its new version', async () => {
    const response = await cancel(await aStoredOrder());

    expect(response.statusCode).toBe(200);
    expect(response.headers.etag).toBe('"2"');
    expect(response.json().data).toMatchObject({ status: 'cancelled', cancelledAt: '2030-01-01T12:00:00.000Z' });
  });

  it.each(['"6", "7"', 'W/"7"', '"6", W/"7"', '*'])(
    'answers 200 when the version in If-Match is current: %s',
    async (condition) => {
      const order = await aStoredOrder({ version: 7 });

      expect((await cancel(order, { 'if-match': condition })).statusCode).toBe(200);
    },
  );

  it.each(['"6"', 'W/"6"', 'w/"7"', '7'])(
    'answers 412 with a code when If-Match is %s and the version is 7',
    async (condition) => {
      const response = await cancel(await aStoredOrder({ version: 7 }), { 'if-match': condition });

      expect(response.statusCode).toBe(412);
      expect(response.json()).toMatchObject({ code: 'ORDER_CHANGED' });
    },
  );

  it('answers 409 with a code once the order is fulfilled', async () => {
    const response = await cancel(await aStoredOrder({ status: 'fulfilled' }));

    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
  });

  it("answers 404 to somebody else's order", async () => {
    const response = await cancel(await aStoredOrder({ userId: newId() }));

    expect(response.statusCode).toBe(404);
  });
});

describe('DELETE /v1/orders/:id', () => {
  const remove = ({ id }: Order, headers = {}) => app.inject({ method: 'DELETE', url: `/v1/orders/${id}`, headers });

  it('answers 204, and from then on 404 with a code', async () => {
    const order = await aStoredOrder({ status: 'fulfilled', version: 7 });

    const response = await remove(order, { 'if-match': '"7"' });

    expect([response.statusCode, response.body]).toEqual([204, '']);
    const after = await Promise.all([
      get(`/v1/orders/${order.id}`),
      get(`/v1/orders/${order.id}`, { 'if-none-match': '"7"' }),
      remove(order),
    ]);
    expect(after.map((answer) => [answer.statusCode, answer.json().code])).toEqual(
      Array.from({ length: 3 }, () => [404, 'ORDER_NOT_FOUND']),
    );
  });

  it('answers 412 with a code when the version in If-Match is not current', async () => {
    const response = await remove(await aStoredOrder({ status: 'fulfilled', version: 7 }), { 'if-match': '"6"' });

    expect(response.statusCode).toBe(412);
    expect(response.json()).toMatchObject({ code: 'ORDER_CHANGED' });
  });

  it('answers 409 with a code while the order waits to be fulfilled', async () => {
    const response = await remove(await aStoredOrder());

    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'ORDER_NOT_DELETABLE' });
  });

  it("answers 404 to somebody else's order", async () => {
    expect((await remove(await aStoredOrder({ userId: newId(), status: 'fulfilled' }))).statusCode).toBe(404);
  });
});

describe('POST /v1/orders/exports', () => {
  it('answers 202 with an operation, where it is, and when to ask', async () => {
    const response = await app.inject({ method: 'POST', url: '/v1/orders/exports' });

    expect(response.statusCode).toBe(202);
    expect(response.json()).toMatchObject({
      data: { kind: 'orders.export', status: 'pending', percent: 0, result: null },
    });
    expect(response.headers).toMatchObject({
      location: `/v1/operations/${response.json().data.id}`,
      'retry-after': '2',
    });
  });
});

describe('a user without the permission', () => {
  it.each([
    ['place an order', 'POST', '/v1/orders', 'orders:read'],
    ['list orders', 'GET', '/v1/orders', 'orders:place'],
    ['see an order of their own', 'GET', null, 'orders:place'],
    ['cancel an order of their own', 'POST', null, 'orders:read'],
    ['delete an order of their own', 'DELETE', null, 'orders:cancel'],
    ['export their orders', 'POST', '/v1/orders/exports', 'orders:place'],
  ] as const)('gets 403 when trying to %s', async (_, method, path, other) => {
    const caller = aBuyer({ permissions: new Set([other]) });
    const { app, orders } = await ordersApp(caller);
    const order = anOrder({ userId: caller.id });
    await orders.add(order);
    const url = path ?? `/v1/orders/${order.id}${method === 'POST' ? '/cancel' : ''}`;

    const response = await app.inject({
      method,
      url,
      headers: { 'idempotency-key': newId() },
      ...(path && method === 'POST' && { payload: { items: [anItem()] } }),
    });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
    expect((await orders.listOwned(caller.id, {}, { limit: 10, after: null })).items).toEqual([order]);
  });
});
