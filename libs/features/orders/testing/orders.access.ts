import { randomUUID } from 'node:crypto';
import { type Expectation, owners, signedIn, type World } from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';
import { anOrderBody, placeOrder } from './orders.client.ts';

const anOrder = async ({ system, user }: World) => {
  const { body } = await placeOrder(system.client, { token: user.token });
  return { params: { id: body.data.id as string } };
};

/** Without a job: the worker must not be quicker than the one who cancels. */
const anOpenOrder = async ({ system, user }: World) => {
  const id = randomUUID();
  const columns = 'id, user_id, status, version, currency, total_amount, items, placed_at';
  await inDatabase(system, `INSERT INTO orders (${columns}) VALUES ($1, $2, 'placed', 1, 'EUR', 0, '[]', now())`, [
    id,
    user.id,
  ]);
  return { params: { id } };
};

/** The key of the administrator has none of the permissions for orders. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'Orders.place': {
    statuses: signedIn(201),
    call: () => ({ body: anOrderBody(), headers: { 'idempotency-key': randomUUID() } }),
  },
  'Orders.list': { statuses: signedIn(200) },
  'Orders.export': { statuses: signedIn(202) },
  'Orders.get': { statuses: owners(200, 403), call: anOrder },
  'Orders.cancel': { statuses: owners(200, 403), call: anOpenOrder },
};
