import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { signUp } from '../people.ts';
import { start } from '../program.ts';
import { type System, startSystem } from '../system.ts';
import { orderEffects } from './order-effects.ts';
import { placeMany } from './place-many.ts';

const ORDERS = 500;
/** Jobs of a killed worker are taken up within ten seconds; the rest is the work itself, on a busy machine. */
const PATIENCE_MS = 60_000;

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('kill -9 of the worker', () => {
  it('leaves every order fulfilled exactly once, and no mail sent more often than there were kills and one', async () => {
    const { email, token } = await signUp(system);
    const effects = () => orderEffects(String(system.env.DATABASE_URL), email);
    await system.worker.stop();
    await placeMany(system.client, token, ORDERS);

    let worker = await start('worker', system.env);
    const killAt = [0.2, 0.6];
    for (const share of killAt) {
      await eventually(async () => expect((await effects()).fulfilled).toBeGreaterThan(ORDERS * share), PATIENCE_MS);
      worker.signal('SIGKILL');
      await worker.exited;
      worker = await start('worker', system.env);
    }
    await eventually(
      async () => expect(await effects()).toMatchObject({ fulfilled: ORDERS, openJobs: 0 }),
      PATIENCE_MS,
    );
    await worker.stop();

    expect(await effects()).toEqual({
      orders: ORDERS,
      fulfilled: ORDERS,
      changedTwice: 0,
      openJobs: 0,
      deadLetters: 0,
    });
    const confirmations = system.mailbox.all().filter(({ to, subject }) => to === email && /order/i.test(subject));
    const copies = Map.groupBy(confirmations, ({ messageId }) => messageId);
    expect(copies.size).toBe(ORDERS);
    expect(Math.max(...[...copies.values()].map((mails) => mails.length))).toBeLessThanOrEqual(1 + killAt.length);
  });
});
