import { afterAll, describe, expect, it } from 'vitest';
import { uncached } from '#platform/testing/doubles/uncached.js';
import { testDatabase } from '#platform/testing/test-database.js';
import type { Order } from '../domain/order.js';
import { anItem, anOrder, minutesAfterNow, NOW } from '../testing/order.factory.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { PrismaOrdersRepository } from './prisma-orders.repository.js';
import { SqlOrderSearch } from './sql-order-search.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const orders = new PrismaOrdersRepository(database, uncached);
const search = new SqlOrderSearch(database);

/** A buyer with such orders, each a minute newer than the one before. */
async function aBuyerOf(...overrides: readonly Partial<Order>[]) {
  const userId = await aStoredUserId(database);
  const placed = overrides.map((order, minute) => anOrder({ userId, placedAt: minutesAfterNow(minute), ...order }));
  for (const order of placed) await orders.add(order);
  const find = async (text: string) => {
    const { items } = await search.search(userId, text, { limit: 100, after: null });
    return items.map(({ id }) => placed.findIndex((order) => order.id === id));
  };
  return { userId, placed, find };
}

const note = (text: string): Partial<Order> => ({ note: text });
const skus = (...names: string[]): Partial<Order> => ({ items: names.map((sku) => anItem({ sku })) });

describe('a text is found', () => {
  it.each<[string, string, number[]]>([
    ['in a note, whatever its case', 'RING', [0]],
    ['in a SKU', 'tea-250', [1]],
    ['in both, the SKU first', 'saucer', [2, 3]],
    ['by all of its words, in any order', 'twice ring', [0]],
    ['side by side in quotes', '"ring twice"', [0]],
    ['nowhere, where the words in quotes stand apart', '"twice ring"', []],
    ['by one of two', 'twice or tea-250', [1, 0]],
    ['without a word', 'saucer -broken', [2]],
    ['in any language', 'Straße', [4]],
    ['nowhere, where it is a part of a word', 'sauc', []],
    ['nowhere, where it has no word', '!!! -', []],
    ['nowhere, whatever it looks like', "') OR 1=1; --", []],
  ])('%s: %s', async (_what, text, expected) => {
    const { find } = await aBuyerOf(
      note('Please ring twice.'),
      skus('TEA-250'),
      skus('saucer'),
      note('The saucer was broken.'),
      note('Hintere Straße 7'),
    );

    expect(await find(text)).toEqual(expected);
  });

  it('the newest first, where two are as good', async () => {
    const { find } = await aBuyerOf(note('tea'), note('tea'), note('tea'));

    expect(await find('tea')).toEqual([2, 1, 0]);
  });

  it('among one’s own orders that are not deleted', async () => {
    await aBuyerOf(note('earl grey'));
    const { find } = await aBuyerOf({ ...note('earl grey'), deletedAt: NOW }, note('earl grey'));

    expect(await find('earl grey')).toEqual([1]);
  });
});

it('gives the whole order', async () => {
  const { userId, placed } = await aBuyerOf({ ...skus('tea', 'cup'), note: 'whole', fulfilledAt: NOW });

  expect((await search.search(userId, 'whole', { limit: 1, after: null })).items).toEqual(placed);
});

it('has each order once over all pages, also while better ones are placed', async () => {
  const { userId, placed } = await aBuyerOf(
    ...Array.from({ length: 7 }, (_, index) => note('tea '.repeat((index % 3) + 1))),
    skus('tea'),
  );
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = await search.search(userId, 'tea', { limit: 3, after });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    await orders.add(anOrder({ userId, ...skus('tea', 'tea') }));
  } while (after !== null);

  expect(seen).toHaveLength(placed.length);
  expect(new Set(seen)).toEqual(new Set(placed.map(({ id }) => id)));
});

it('reads an index, and not every order', async () => {
  const userId = await aStoredUserId(database);
  const insert = `INSERT INTO orders (id, user_id, status, version, currency, total_amount, items, note, placed_at)
    SELECT gen_random_uuid(), $1::uuid, 'fulfilled', 1, 'EUR', 0, '[]', 'note ' || n, now() FROM generate_series(1, 5000) AS n`;
  await database.query({ name: 'tests.many-notes', text: insert }, [userId]);
  await database.query({ name: 'tests.analyze-orders', text: 'ANALYZE orders' });
  const plans: string[] = [];
  const explaining = Object.assign(Object.create(database), {
    query: async ({ name, text }: { name: string; text: string }, values: unknown[]) => {
      plans.push(JSON.stringify(await database.query({ name: `tests.${name}`, text: `EXPLAIN ${text}` }, values)));
      return [];
    },
    stale: (read: () => unknown) => read(),
  });

  await new SqlOrderSearch(explaining).search(userId, '4711', { limit: 20, after: null });

  expect(plans.join()).toContain('orders_search_idx');
});
