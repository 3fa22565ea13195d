import { randomUUID } from 'node:crypto';
import type { Answer, ApiClient } from './api-client.ts';
import { eventually } from './eventually.ts';

export const anOrderBody = (overrides: Record<string, unknown> = {}) => ({
  items: [{ sku: 'TEA-1', quantity: 2, unitPrice: { amount: 450, currency: 'EUR' } }],
  ...overrides,
});

type Placing = Readonly<{ token: string; key?: string; body?: unknown }>;

export const placeOrder = (
  client: ApiClient,
  { token, key = randomUUID(), body = anOrderBody() }: Placing,
): Promise<Answer> => client.post('/v1/orders', body, { token, headers: { 'idempotency-key': key } });

/** Waits for the worker. */
export async function whenFulfilled(
  client: ApiClient,
  token: string,
  id: string,
  patienceMs?: number,
): Promise<Answer> {
  return eventually(async () => {
    const answer = await client.get(`/v1/orders/${id}`, { token });
    if (answer.body.data?.status !== 'fulfilled')
      throw new Error(`The order is not fulfilled: ${JSON.stringify(answer.body)}`);
    return answer;
  }, patienceMs);
}

/** Every order of a person, page by page. */
export async function allOrders(
  client: ApiClient,
  token: string,
  query = 'limit=100',
): Promise<{ id: string; status: string }[]> {
  const orders: { id: string; status: string }[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await client.get(`/v1/orders?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, {
      token,
    });
    orders.push(...body.data);
    cursor = body.meta.page.nextCursor;
  } while (cursor);
  return orders;
}
