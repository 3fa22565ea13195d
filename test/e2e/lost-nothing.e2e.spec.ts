import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type CuttableProxy, cuttableProxy } from '../cuttable-proxy.ts';
import { eventually } from '../eventually.ts';
import { allOrders, placeOrder } from '../orders.ts';
import { signUp } from '../people.ts';
import { start } from '../program.ts';
import { startSystem, type System } from '../system.ts';

const ORDERS = 500;
const AT_ONCE = 20;
/** Shares of the orders after which the worker is killed. */
const KILLED_AFTER = [0.2, 0.5];
/** Longer than BullMQ takes to notice that the worker of a job is gone. */
const PATIENCE_MS = 90_000;

let system: System;
let redis: CuttableProxy;
beforeAll(async () => {
  redis = await cuttableProxy(process.env.REDIS_URL ?? '');
  system = await startSystem({ REDIS_URL: redis.url, REDIS_TIMEOUT: '500' });
});
afterAll(async () => {
  await system.stop();
  await redis.close();
});

async function placeOrders(token: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  const placeInTurn = async () => {
    while (statuses.length < count) {
      const place = statuses.push(0) - 1;
      statuses[place] = (await placeOrder(system.client, { token })).status;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, placeInTurn));
  return statuses;
}

const countFulfilled = async (token: string) => (await allOrders(system.client, token)).filter(({ status }) => status === 'fulfilled').length;

const allFulfilled = (token: string, count: number) =>
  eventually(async () => {
    const fulfilled = await countFulfilled(token);
    if (fulfilled !== count) throw new Error(`${fulfilled} of ${count} orders are fulfilled`);
  }, PATIENCE_MS);

/** How often each of the orders changed: placing makes version 1, fulfilling version 2. */
async function versionsOf(orders: readonly { id: string }[]): Promise<number[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ version: number }>('SELECT version FROM orders WHERE id = ANY($1)', [orders.map(({ id }) => id)]);
  await client.end();
  return rows.map(({ version }) => version);
}

describe('an order that was acknowledged', () => {
  it('is fulfilled once and confirmed, though workers are killed all the while', async () => {
    const { email, token } = await signUp(system);
    await system.worker.stop();
    await placeOrders(token, ORDERS);

    let worker = await start('worker', system.env);
    for (const share of KILLED_AFTER) {
      await eventually(async () => expect(await countFulfilled(token)).toBeGreaterThan(ORDERS * share), PATIENCE_MS);
      worker.signal('SIGKILL');
      await worker.exited;
      worker = await start('worker', system.env);
    }
    await allFulfilled(token, ORDERS);
    const timesSent = await eventually(() => {
      const ids = system.mailbox.all().filter(({ to, subject }) => to === email && /order/i.test(subject)).map(({ messageId }) => messageId);
      const times = [...Map.groupBy(ids, (id) => id).values()].map(({ length }) => length);
      if (times.length < ORDERS) throw new Error(`${times.length} of ${ORDERS} orders are confirmed`);
      return times;
    }, PATIENCE_MS);
    await worker.stop();

    expect(timesSent).toHaveLength(ORDERS);
    expect(Math.max(...timesSent)).toBeLessThanOrEqual(1 + KILLED_AFTER.length);
    expect((await versionsOf(await allOrders(system.client, token))).filter((version) => version !== 2)).toEqual([]);
  }, 3 * PATIENCE_MS);

  it('is accepted while Redis is away, and fulfilled when it is back', async () => {
    const worker = await start('worker', system.env);
    const { token } = await signUp(system);

    redis.cut();
    const statuses = await placeOrders(token, 20);
    redis.restore();
    await allFulfilled(token, 20);
    await worker.stop();

    expect(statuses.filter((status) => status !== 201)).toEqual([]);
  }, 2 * PATIENCE_MS);
});
