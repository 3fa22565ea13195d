import { randomUUID } from 'node:crypto';
import {
  administrators,
  type Expectation,
  owners,
  signedIn,
  type World,
} from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';
import { anOrder, anOrderBody } from './orders.client.ts';

const aPlacedOrder = async ({ system, user }: World) => {
  const { id } = await anOrder(system.client, user);
  return { params: { id } };
};

/** Without a job: the worker must not be quicker than the one who cancels. */
const aStoredOrder =
  (status: 'placed' | 'cancelled', deletedAt: Date | null) =>
  async ({ system, user }: World) => {
    const id = randomUUID();
    const columns = 'id, user_id, status, deleted_at, version, currency, total_amount, items, placed_at';
    await inDatabase(system, `INSERT INTO orders (${columns}) VALUES ($1, $2, $3, $4, 1, 'EUR', 0, '[]', now())`, [
      id,
      user.id,
      status,
      deletedAt,
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
  'OrderSearch.search': { statuses: signedIn(422) },
  'Orders.export': { statuses: signedIn(202) },
  'Orders.get': { statuses: owners(200, 403), call: aPlacedOrder },
  'Orders.cancel': { statuses: owners(200, 403), call: aStoredOrder('placed', null) },
  'Orders.delete': { statuses: owners(204, 403), call: aStoredOrder('cancelled', null) },
  'DeletedOrders.list': { statuses: administrators(200) },
  'DeletedOrders.restore': { statuses: administrators(200), call: aStoredOrder('cancelled', new Date()) },
};
