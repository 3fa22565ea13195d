import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Fetch, memoryTokens, orThrow, paginate } from '#client/index.js';
import { postgresAddress } from '#platform/config/values/connection-strings.js';
import { PrismaClient } from '#platform/database/generated/client.js';
import { aSilentUser, inDatabase, signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { anOrder, anOrderBody, placeOrder, whenFulfilled } from './testing/orders.client.ts';
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

    const { data: placed, response } = await placeOrder(client, { token, body: anOrderBody({ note: 'Ring twice' }) });
    const id = String(placed?.data.id);
    expect([response.status, response.headers.get('location')]).toEqual([201, `/v1/orders/${id}`]);
    const { order } = await whenFulfilled(client, token, id);

    expect(order).toMatchObject({
      status: 'fulfilled',
      total: { amount: 900, currency: 'EUR' },
      note: 'Ring twice',
    });
    expect((await mailbox.mailTo(email, /order/i)).text).toContain('EUR 9.00');
  });
});

describe('an order whose answer is lost', () => {
  it('is placed once, because the client asks again with the same key', async () => {
    const { token } = await signUp(system);
    const answers: number[] = [];
    const losesTheFirst: Fetch = async (request) => {
      const answer = await fetch(request);
      if (answers.push(answer.status) === 1) throw new TypeError('the connection is gone');
      return answer;
    };
    const tokens = memoryTokens({ accessToken: token });
    const api = createClient({ baseUrl: system.api.url, tokens, fetch: losesTheFirst });
    const { data: placed } = await orThrow(api.POST('/v1/orders', { body: anOrderBody() }));

    const listed: string[] = [];
    for await (const { id } of paginate(api, '/v1/orders', { query: { limit: 1 } })) listed.push(id);

    expect(answers.slice(0, 2)).toEqual([201, 201]);
    expect(listed).toEqual([placed.id]);
  });
});

describe('an order that its owner deletes', () => {
  it('is gone for them, comes back when an administrator restores it, and is purged when nobody can any more', async () => {
    const { client } = system;
    const { token } = await signUp(system);
    const admin = await signUpOnlyAdministrator(system);
    const [owner, administrator] = [client.as(token), client.as(admin.token)];
    const placing = { token, key: randomUUID() };
    const { id } = await anOrder(client, placing);
    const { etag } = await whenFulfilled(client, token, id);
    const path = { id };
    const read = () => owner.GET('/v1/orders/{id}', { params: { path } });
    const remove = (ifMatch: string) =>
      owner.DELETE('/v1/orders/{id}', { params: { path, header: { 'If-Match': ifMatch } } });
    const restore = () => administrator.POST('/v1/orders/{id}/restore', { params: { path } });
    const listed = async () => (await orThrow(owner.GET('/v1/orders'))).data.map((order) => order.id);
    const listedAsDeleted = async () =>
      (await orThrow(administrator.GET('/v1/orders/deleted'))).data.map((order) => order.id);

    expect((await remove('"1"')).error?.code).toBe('ORDER_CHANGED');
    expect((await remove(etag)).response.status).toBe(204);

    expect([(await read()).error?.code, await listed()]).toEqual(['ORDER_NOT_FOUND', []]);
    expect(await listedAsDeleted()).toContain(id);
    // What was answered stays answered, for as long as its key is remembered.
    expect(await anOrder(client, placing)).toMatchObject({ id, status: 'placed' });

    const restored = await orThrow(restore());

    expect((await read()).data).toEqual(restored);
    expect(await listed()).toEqual([id]);
    expect(await listedAsDeleted()).not.toContain(id);

    await remove('*');
    const rows = () => inDatabase(system, 'SELECT FROM orders WHERE id = $1', [id]);
    await inDatabase(system, `UPDATE orders SET deleted_at = now() - interval '30 days' WHERE id = $1`, [id]);
    expect((await restore()).response.status).toBe(404);
    await administrator.POST('/v1/admin/schedules/{name}/run', {
      params: { path: { name: 'platform.remove-expired' } },
    });

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
