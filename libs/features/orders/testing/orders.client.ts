import { randomUUID } from 'node:crypto';
import type { Answer, ApiClient } from '#platform/testing/system/api-client.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

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
