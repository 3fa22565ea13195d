import { orThrow, type Schemas } from '#client/index.js';
import type { ApiClient } from '#platform/testing/system/api-client.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

type Body = Schemas['PlaceOrderBody'];

export const anOrderBody = (overrides: Partial<Body> = {}): Body => ({
  items: [{ sku: 'TEA-1', quantity: 2, unitPrice: { amount: 450, currency: 'EUR' } }],
  ...overrides,
});

type Placing = Readonly<{ token: string; key?: string; body?: Body }>;

/** With a key of its own unless one is given. */
export const placeOrder = (client: ApiClient, { token, key, body = anOrderBody() }: Placing) =>
  client.as(token).POST('/v1/orders', {
    body,
    params: { header: key === undefined ? {} : { 'Idempotency-Key': key } },
  });

export async function anOrder(client: ApiClient, placing: Placing): Promise<Schemas['Order']> {
  return (await orThrow(placeOrder(client, placing))).data;
}

/** Waits for the worker. */
export async function whenFulfilled(client: ApiClient, token: string, id: string, patienceMs?: number) {
  return eventually(async () => {
    const { data, response } = await client.as(token).GET('/v1/orders/{id}', { params: { path: { id } } });
    if (data?.data.status !== 'fulfilled') throw new Error(`The order is not fulfilled: ${JSON.stringify(data)}`);
    return { order: data.data, etag: String(response.headers.get('etag')) };
  }, patienceMs);
}
