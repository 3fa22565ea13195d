import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allOrders, placeOrder } from '../orders.ts';
import { signUp } from '../people.ts';
import { type System, startSystem } from '../system.ts';

const ORDERS = 25;

let system: System;
let token: string;
let other: string;
let ids: string[];

// The worker is stopped once it has sent the mails that signing up needs: these orders stay as they were placed.
beforeAll(async () => {
  system = await startSystem();
  [{ token }, { token: other }] = await Promise.all([signUp(system), signUp(system)]);
  await system.worker.stop();
  ids = [];
  for (let count = 0; count < ORDERS; count++) ids.unshift((await placeOrder(system.client, { token })).body.data.id);
});
afterAll(() => system.stop());

describe('the list of orders', () => {
  it('is twenty long unless asked otherwise, newest first', async () => {
    const { body } = await system.client.get('/v1/orders', { token });

    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 20));
    expect(body.meta.page).toEqual({ limit: 20, nextCursor: expect.any(String) });
  });

  it('ends with no cursor, every order seen once', async () => {
    const orders = await allOrders(system.client, token, 'limit=7');

    expect(orders.map(({ id }) => id)).toEqual(ids);
  });

  it('goes on where it was, whatever was placed in between', async () => {
    const older = await placeOrder(system.client, { token: other });
    await placeOrder(system.client, { token: other });
    const first = await system.client.get('/v1/orders?limit=1', { token: other });
    await placeOrder(system.client, { token: other });

    const second = await system.client.get(
      `/v1/orders?limit=1&cursor=${encodeURIComponent(first.body.meta.page.nextCursor)}`,
      { token: other },
    );

    expect(second.body.data).toEqual([expect.objectContaining({ id: older.body.data.id })]);
    expect(second.body.meta.page.nextCursor).toBeNull();
  });

  it.each(['0', '-1', '101', 'many', '1.5'])('refuses a limit of %s with 422', async (limit) => {
    const { status, body } = await system.client.get(`/v1/orders?limit=${limit}`, { token });

    expect([status, body.errors[0].pointer]).toEqual([422, '#/limit']);
  });

  it('refuses a cursor that was tampered with or belongs to another list', async () => {
    const { body } = await system.client.get('/v1/orders?limit=5', { token });
    const cursor: string = body.meta.page.nextCursor;
    const tampered = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;

    const changed = await system.client.get(`/v1/orders?limit=5&cursor=${encodeURIComponent(tampered)}`, { token });
    const elsewhere = await system.client.get(`/v1/orders?limit=5&status=placed&cursor=${encodeURIComponent(cursor)}`, {
      token,
    });

    expect([changed.status, elsewhere.status]).toEqual([400, 400]);
  });
});

describe('an order', () => {
  it('is not sent again to somebody who has it', async () => {
    const order = await system.client.get(`/v1/orders/${ids[0]}`, { token });
    const etag = order.headers.get('etag') ?? '';

    const again = await system.client.get(`/v1/orders/${ids[0]}`, { token, headers: { 'if-none-match': etag } });

    expect(etag).not.toBe('');
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it('is cancelled only by somebody who knows its latest state', async () => {
    const placed = await placeOrder(system.client, { token });
    const path = `/v1/orders/${placed.body.data.id}/cancel`;
    const etag = placed.headers.get('etag') ?? '';

    const stale = await system.client.post(path, undefined, { token, headers: { 'if-match': '"0"' } });
    const cancelled = await system.client.post(path, undefined, { token, headers: { 'if-match': etag } });
    const late = await system.client.post(path, undefined, { token, headers: { 'if-match': etag } });

    expect([stale.status, cancelled.status, late.status]).toEqual([412, 200, 412]);
    expect(cancelled.body.data.status).toBe('cancelled');
    expect(cancelled.headers.get('etag')).not.toBe(etag);
  });
});
