import { randomUUID } from 'node:crypto';
import type { Answer, ApiClient } from '#platform/testing/system/api-client.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

export const aParcelBody = (overrides: Record<string, unknown> = {}) => ({
  contents: [{ what: 'tea', count: 2 }],
  ...overrides,
});

type Sending = Readonly<{ token: string; key?: string; body?: unknown }>;

export const sendParcel = (
  client: ApiClient,
  { token, key = randomUUID(), body = aParcelBody() }: Sending,
): Promise<Answer> => client.post('/v1/parcels', body, { token, headers: { 'idempotency-key': key } });

/** Waits for the worker. */
export async function whenDelivered(
  client: ApiClient,
  token: string,
  id: string,
  patienceMs?: number,
): Promise<Answer> {
  return eventually(async () => {
    const answer = await client.get(`/v1/parcels/${id}`, { token });
    if (answer.body.data?.status !== 'delivered')
      throw new Error(`The parcel is not delivered: ${JSON.stringify(answer.body)}`);
    return answer;
  }, patienceMs);
}

/** Every parcel of a person, page by page. */
export async function allParcels(
  client: ApiClient,
  token: string,
  query = 'limit=100',
): Promise<{ id: string; status: string }[]> {
  const parcels: { id: string; status: string }[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await client.get(`/v1/parcels?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, {
      token,
    });
    parcels.push(...body.data);
    cursor = body.meta.page.nextCursor;
  } while (cursor);
  return parcels;
}
