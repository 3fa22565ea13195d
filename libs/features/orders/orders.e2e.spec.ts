import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresAddress } from '#platform/config/values/connection-strings.js';
import { PrismaClient } from '#platform/database/generated/client.js';
import { aSilentUser } from '#platform/testing/system/administration.js';
import { signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { anOrderBody, placeOrder, whenFulfilled } from './testing/orders.client.ts';
import { seed } from './testing/orders.seed.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('the first order of a new person', () => {
  it('is fulfilled by the worker and confirmed by mail', async () => {
    const { client, mailbox } = system;
    const { email, token } = await signUp(system);

    const placed = await placeOrder(client, { token, body: anOrderBody({ note: 'Ring twice' }) });
    const { body } = await whenFulfilled(client, token, placed.body.data.id);

    expect(placed.status).toBe(201);
    expect(placed.headers.get('location')).toBe(`/v1/orders/${placed.body.data.id}`);
    expect(body.data).toMatchObject({
      status: 'fulfilled',
      total: { amount: 900, currency: 'EUR' },
      note: 'Ring twice',
    });
    expect((await mailbox.mailTo(email, /order/i)).text).toContain('EUR 9.00');
  });
});

describe('the examples of npm run db:seed', () => {
  it('are three orders of each example user, however often they are made', async () => {
    const database = postgresAddress(String(system.env.DATABASE_URL));
    const prisma = new PrismaClient({ adapter: new PrismaPg({ ...database }) });
    // Nobody of the seed itself joined then, whose examples would have the same ids.
    const user = { userId: await aSilentUser(system), joinedAt: new Date('2026-03-01T09:00:00Z') };

    for (let time = 0; time < 2; time++) await seed(prisma, user);

    const orders = await prisma.order.findMany({ where: { userId: user.userId }, orderBy: { placedAt: 'asc' } });
    await prisma.$disconnect();
    expect(orders.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'cancelled']);
  });
});
