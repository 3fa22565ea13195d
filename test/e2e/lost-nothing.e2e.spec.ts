import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CuttableProxy, cuttableProxy } from '../cuttable-proxy.ts';
import { eventually } from '../eventually.ts';
import { allOrders, placeOrder } from '../orders.ts';
import { signUp } from '../people.ts';
import { type Program, start } from '../program.ts';
import { startSystem, type System } from '../system.ts';

const ORDERS = 500;
const AT_ONCE = 20;

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
  }, 60_000);

describe('an order that was acknowledged', () => {
  it('is fulfilled once, though workers are killed all the while', async () => {
    const { email, token } = await signUp(system);
    await system.worker.stop();
    await placeOrders(token, ORDERS);

    let worker: Program = await start('worker', system.env);
    for (const share of [0.2, 0.5]) {
      await eventually(async () => expect(await countFulfilled(token)).toBeGreaterThan(ORDERS * share), 60_000);
      worker.signal('SIGKILL');
      await worker.exited;
      worker = await start('worker', system.env);
    }
    await allFulfilled(token, ORDERS);
    await worker.stop();

    const versions = (await allOrders(system.client, token)) as unknown as { version?: number }[];
    expect(versions).toHaveLength(ORDERS);
    expect(system.mailbox.all().filter(({ to }) => to === email).length).toBeGreaterThanOrEqual(ORDERS);
  }, 120_000);

  it('is accepted while Redis is away, and fulfilled when it is back', async () => {
    const worker = await start('worker', system.env);
    const { token } = await signUp(system);

    redis.cut();
    const statuses = await placeOrders(token, 20);
    redis.restore();
    await allFulfilled(token, 20);
    await worker.stop();

    expect(statuses.filter((status) => status !== 201)).toEqual([]);
  }, 90_000);
});
