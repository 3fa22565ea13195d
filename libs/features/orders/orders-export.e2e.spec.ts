import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow, type Schemas } from '#client/index.js';
import {
  anApiKey,
  inDatabase,
  signUpOnlyAdministrator,
  signUpWithId,
} from '#platform/testing/system/administration.js';
import { hasFeature } from '#platform/testing/system/features.js';
import { start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { anOrder, anOrderBody } from './testing/orders.client.ts';

const LEASE_MS = 1_000;
const MANY = 100_000;

type Buyer = Readonly<{ id: string; token: string }>;

let system: System;
beforeAll(async () => {
  system = await startSystem({ OPERATIONS_LEASE: String(LEASE_MS), RATE_LIMITS: 'order-exports=1000/60' });
});
afterAll(() => system.stop());

const operationOf = (id: string, { token }: Buyer) =>
  system.client.as(token).GET('/v1/operations/{id}', { params: { path: { id } } });
const cancel = (id: string, { token }: Buyer) =>
  system.client.as(token).POST('/v1/operations/{id}/cancel', { params: { path: { id } } });

async function exportOf({ token }: Buyer): Promise<string> {
  const { data, response } = await system.client.as(token).POST('/v1/orders/exports');
  const { id, kind, status } = (data as Schemas['OperationResponse']).data;
  expect([response.status, response.headers.get('location')]).toEqual([202, `/v1/operations/${id}`]);
  expect([kind, status]).toEqual(['orders.export', expect.stringMatching(/pending|running/)]);
  return id;
}

const whenSucceeded = (id: string, buyer: Buyer) =>
  eventually(async () => {
    const { data } = await orThrow(operationOf(id, buyer));
    expect(data.status).toBe('succeeded');
    return data as unknown as {
      percent: number;
      result: { url: string; orders: number; size: number; expiresAt: string };
    };
  }, 60_000);

/** So many orders that were placed long ago. */
const insertOrders = (userId: string, count: number) =>
  inDatabase(
    system,
    `INSERT INTO orders (id, user_id, status, version, currency, total_amount, items, note, placed_at)
     SELECT overlay(gen_random_uuid()::text placing lpad(to_hex(n), 8, '0') from 1 for 8)::uuid, $1, 'placed', 1, 'EUR', n, '[]', 'No. ' || n, now()
     FROM generate_series(1, $2::int) AS n`,
    [userId, count],
  );

const download = async (url: string) => {
  const answer = await fetch(url);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

describe('all own orders as CSV', () => {
  it('are told by an operation, and fetched by its link', async () => {
    const buyer = await signUpWithId(system);
    const notes = ['plain', '=1+1', '@SUM(A1)', 'says "hello", twice\nand ends', 'Grüße'];
    for (const note of notes) await anOrder(system.client, { token: buyer.token, body: anOrderBody({ note }) });

    const id = await exportOf(buyer);
    const { result, percent } = await whenSucceeded(id, buyer);
    const { status, headers, text } = await download(result.url);

    expect([status, percent, result.orders, result.size]).toEqual([200, 100, notes.length, Buffer.byteLength(text)]);
    expect(headers.get('content-disposition')).toBe('attachment; filename="orders.csv"');
    expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      'text/csv; charset=utf-8',
      'nosniff',
    ]);
    const [titles, ...lines] = text.split('\r\n');
    expect(titles).toBe('id,status,currency,totalAmount,items,note,placedAt,fulfilledAt,cancelledAt');
    expect(lines.at(-1)).toBe('');
    for (const shown of [',"plain",', `,"'=1+1",`, `,"'@SUM(A1)",`, ',"says ""hello"", twice\nand ends",', ',"Grüße",'])
      expect(text).toContain(shown);
  });

  it('are a line of titles for somebody who has none', async () => {
    const buyer = await signUpWithId(system);

    const { result } = await whenSucceeded(await exportOf(buyer), buyer);

    expect((await download(result.url)).text.trim().split('\r\n')).toHaveLength(1);
  });

  it('say how far they are as they go on, as server-sent events', async () => {
    const buyer = await signUpWithId(system);
    await insertOrders(buyer.id, MANY);
    const id = await exportOf(buyer);

    const stream = await fetch(`${system.api.url}/v1/operations/${id}`, {
      headers: { authorization: `Bearer ${buyer.token}`, accept: 'text/event-stream' },
    });
    const events = (await stream.text()).split('\n\n').filter((event) => event.startsWith('event: operation\n'));
    const seen = events.map(
      (event) => JSON.parse(event.slice(event.indexOf('{'))) as { status: string; percent: number },
    );

    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(seen.at(-1)).toMatchObject({ status: 'succeeded', percent: 100, result: { orders: MANY } });
    const percents = seen.map(({ percent }) => percent);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  });
});

describe('an operation', () => {
  it('is nobody else’s affair, and its link is worth nothing altered', async () => {
    const [buyer, stranger] = [await signUpWithId(system), await signUpWithId(system)];
    const id = await exportOf(buyer);
    const { result } = await whenSucceeded(id, buyer);

    const altered = await download(result.url.replace(/token=./, 'token=_'));
    const answers = [
      await operationOf(id, stranger),
      await operationOf(randomUUID(), buyer),
      await cancel(id, stranger),
      await cancel(id, buyer),
    ].map(({ response, error }) => [response.status, error?.code]);

    expect([altered.status, JSON.parse(altered.text).code]).toEqual([404, 'DOWNLOAD_LINK_INVALID']);
    expect(answers).toEqual([
      [404, 'OPERATION_NOT_FOUND'],
      [404, 'OPERATION_NOT_FOUND'],
      [404, 'OPERATION_NOT_FOUND'],
      [409, 'OPERATION_ENDED'],
    ]);
  });

  it.runIf(hasFeature('api-keys'))(
    'that an API key asked for is seen by that key, and by no other of the same owner',
    async () => {
      const admin = await signUpOnlyAdministrator(system);
      const [key, other] = [
        await anApiKey(system, admin.token, ['orders:read']),
        await anApiKey(system, admin.token, ['orders:read']),
      ].map((each) => ({ id: admin.id, token: each.key }));

      const id = await exportOf(key as Buyer);

      const askers = [key as Buyer, other as Buyer, admin];
      const answers = await Promise.all(askers.map((asker) => operationOf(id, asker)));
      expect(answers.map(({ response }) => response.status)).toEqual([200, 404, 200]);
    },
  );
});

/** Last: it takes the worker away. */
describe('an export whose worker is killed in the middle', () => {
  it('is ended by another one, and has each order once', async () => {
    const buyer = await signUpWithId(system);
    await insertOrders(buyer.id, MANY * 3);
    const id = await exportOf(buyer);
    await eventually(async () => expect((await operationOf(id, buyer)).data?.data.percent).toBeGreaterThan(0));

    system.worker.signal('SIGKILL');
    await system.worker.exited;
    const { data: cutShort } = await orThrow(operationOf(id, buyer));
    const other = await start('worker', system.env);
    const { result } = await whenSucceeded(id, buyer);
    const ids = (await download(result.url)).text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.slice(0, 36));
    await other.stop();

    expect(cutShort.status).toBe('running');
    expect(cutShort.percent).toBeLessThan(100);
    expect([ids.length, new Set(ids).size, result.orders]).toEqual([MANY * 3, MANY * 3, MANY * 3]);
  });
});
