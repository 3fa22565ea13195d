import { afterAll, describe, expect, it } from 'vitest';
import type { Database, Statement } from '#platform/database/database.js';
import { uncached } from '#platform/testing/doubles/uncached.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { anOrder } from '../testing/order.factory.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { ordersRetention } from './orders.retention.js';
import { PrismaOrdersRepository } from './prisma-orders.repository.js';
import { SqlOrderLines } from './sql-order-lines.js';

const KEPT = 2_000;
const DELETED_BETWEEN_TWO = 10;

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

type Plan = Readonly<{
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: readonly Plan[];
}>;
type Ask = (orders: PrismaOrdersRepository, lines: SqlOrderLines) => Promise<unknown>;

const statement = (text: string, name = text): Statement => ({ name: `tests: ${name}`, text });

/** Which indexes Postgres read, and how many pages in all. A plan without the values is what it comes to after a few times. */
function explain(ask: Ask, mode: string) {
  return database.transaction(async () => {
    await database.query(statement(`SET LOCAL plan_cache_mode = ${mode}`));
    const plans: Plan[] = [];
    const query = async ({ name, text }: Statement, values: readonly unknown[]) => {
      const explained = statement(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, name);
      const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explained, values);
      if (row) plans.push(row['QUERY PLAN'][0].Plan);
      return [];
    };
    const explaining = { query, stale: (read: () => unknown) => read() } as unknown as Database;
    await ask(new PrismaOrdersRepository(explaining, uncached), new SqlOrderLines(explaining));
    return plans.map((plan) => ({
      indexes: indexesOf(plan),
      pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    }));
  });
}

const indexesOf = ({ 'Index Name': index, Plans = [] }: Plan): string[] => [
  ...(index ? [index] : []),
  ...Plans.flatMap(indexesOf),
];

/** Ids that begin with every so many numbers, so that some lie between others. */
const INSERT =
  statement(`INSERT INTO orders (id, user_id, status, version, currency, total_amount, items, placed_at, deleted_at)
  SELECT overlay(gen_random_uuid()::text placing lpad(to_hex(n * $3::int), 8, '0') from 1 for 8)::uuid, $1::uuid, 'fulfilled', 1, 'EUR', 0, '[]',
         now(), $4::timestamptz
  FROM generate_series(1, $2::int) AS n`);

describe('orders that their owner has deleted', () => {
  it('cost nobody a page that reads those that are left', async () => {
    const userId = await aStoredUserId(database);
    const insert = async (count: number, every: number, deletedAt: Date | null) => {
      await database.query(INSERT, [userId, count, every, deletedAt]);
      await database.query(statement('ANALYZE orders'));
    };
    await insert(KEPT, DELETED_BETWEEN_TWO, null);
    const ids = await database.client.order.findMany({
      where: { userId },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    const middle = String(ids[KEPT / 2]?.id);
    const first = { limit: 20, after: null };
    const asks: readonly (readonly [string, Ask])[] = [
      ['orders_user_id_id_idx', (orders) => orders.listOwned(userId, {}, first)],
      ['orders_user_id_id_idx', (orders) => orders.listOwned(userId, {}, { limit: 20, after: middle })],
      ['orders_status_user_id_id_idx', (orders) => orders.listOwned(userId, { status: 'fulfilled' }, first)],
      ['orders_user_id_id_idx', (_, lines) => lines.after(userId, middle, 100)],
      ['orders_pkey', (orders) => orders.findOwned(middle, userId)],
    ];
    const read = async () => {
      const plans = [];
      for (const mode of ['force_custom_plan', 'force_generic_plan'])
        for (const [, ask] of asks) plans.push(...(await explain(ask, mode)));
      return plans;
    };

    const before = await read();
    await insert(KEPT * DELETED_BETWEEN_TWO, 1, new Date());
    const after = await read();

    expect(before.map(({ indexes }) => indexes)).toEqual([...asks, ...asks].map(([index]) => [index]));
    expect(after).toEqual(before);
  });

  it('are listed for administrators along an index of their own', async () => {
    const [plan] = await explain((orders) => orders.listDeleted(new Date(0), { limit: 20, after: null }), 'auto');

    expect(plan?.indexes).toEqual(['orders_deleted_at_id_idx']);
    expect(plan?.pages).toBeLessThan(50);
  });

  it('are purged thirty days later, and no others', async () => {
    const userId = await aStoredUserId(database);
    const orders = new PrismaOrdersRepository(database, uncached);
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    for (const deletedAt of [null, daysAgo(29), daysAgo(31)])
      await orders.add(anOrder({ userId, status: 'fulfilled', placedAt: daysAgo(90), deletedAt }));

    await database.query(ordersRetention.useValue.statement);

    const left = await database.client.order.findMany({ where: { userId }, select: { deletedAt: true } });
    expect(left.map(({ deletedAt }) => deletedAt && deletedAt > daysAgo(30))).toEqual(
      expect.arrayContaining([null, true]),
    );
    expect(left).toHaveLength(2);
  });

  it('are in no export', async () => {
    const userId = await aStoredUserId(database);
    const orders = new PrismaOrdersRepository(database, uncached);
    const lines = new SqlOrderLines(database);
    const kept = anOrder({ userId });
    for (const order of [anOrder({ userId, status: 'fulfilled', deletedAt: new Date() }), kept])
      await orders.add(order);

    expect([await lines.count(userId), await lines.after(userId, null, 10)]).toEqual([
      1,
      { csv: expect.stringContaining(kept.id), orders: 1, last: kept.id },
    ]);
  });
});
