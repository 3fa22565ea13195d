import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresAddress } from '#platform/config/values/connection-strings.js';
import { PrismaClient } from '#platform/database/generated/client.js';
import { aSilentUser, inDatabase, signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
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

describe('an order that its owner deletes', () => {
  it('is gone for them, comes back when an administrator restores it, and is purged when nobody can any more', async () => {
    const { client } = system;
    const { token } = await signUp(system);
    const admin = await signUpOnlyAdministrator(system);
    const placing = { token, key: randomUUID() };
    const id: string = (await placeOrder(client, placing)).body.data.id;
    const fulfilled = await whenFulfilled(client, token, id);
    const read = () => client.get(`/v1/orders/${id}`, { token });
    const remove = (ifMatch: string) =>
      client.send('DELETE', `/v1/orders/${id}`, { token, headers: { 'if-match': ifMatch } });
    const listed = async (path: string, reader: string) =>
      (await client.get(path, { token: reader })).body.data.map((order: { id: string }) => order.id) as string[];

    expect((await remove('"1"')).body.code).toBe('ORDER_CHANGED');
    expect((await remove(String(fulfilled.headers.get('etag')))).status).toBe(204);

    expect([(await read()).body.code, await listed('/v1/orders', token)]).toEqual(['ORDER_NOT_FOUND', []]);
    expect(await listed('/v1/orders/deleted', admin.token)).toContain(id);
    // What was answered stays answered, for as long as its key is remembered.
    expect((await placeOrder(client, placing)).body.data).toMatchObject({ id, status: 'placed' });

    const restored = await client.post(`/v1/orders/${id}/restore`, undefined, { token: admin.token });

    expect([restored.status, (await read()).body]).toEqual([200, restored.body]);
    expect(await listed('/v1/orders', token)).toEqual([id]);
    expect(await listed('/v1/orders/deleted', admin.token)).not.toContain(id);

    await remove('*');
    const rows = () => inDatabase(system, 'SELECT FROM orders WHERE id = $1', [id]);
    await inDatabase(system, `UPDATE orders SET deleted_at = now() - interval '30 days' WHERE id = $1`, [id]);
    expect((await client.post(`/v1/orders/${id}/restore`, undefined, { token: admin.token })).status).toBe(404);
    await client.post('/v1/admin/schedules/platform.remove-expired/run', undefined, { token: admin.token });

    await eventually(async () => expect(await rows()).toEqual([]));
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
