import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { OrdersRepository } from '../application/orders.repository.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { anItem, anOrder, minutesAfterNow, NOW } from './order.factory.js';

type Setup = () => { orders: OrdersRepository; aUserId: () => Promise<string> };

const FIRST_PAGE = { limit: 100, after: null };

/** Runs against the fake and against Postgres, so a use case tested on the fake means something. */
export function describeOrdersRepository(name: string, setup: Setup): void {
  describe(name, () => {
    describe('add, find', () => {
      it('gives back what was added', async () => {
        const { orders, aUserId } = setup();
        const userId = await aUserId();
        const order = anOrder({
          userId,
          items: [anItem(), anItem({ sku: 'saucer' })],
          note: 'Ring twice, "please".',
          cancelledAt: NOW,
        });

        await orders.add(order);

        expect(await orders.findById(order.id)).toEqual(order);
        expect(await orders.findOwned(order.id, userId)).toEqual(order);
      });

      it('keeps the largest total there can be', async () => {
        const { orders, aUserId } = setup();
        const order = anOrder({ userId: await aUserId(), total: { amount: 100_000_000_000_000, currency: 'JPY' } });

        await orders.add(order);

        expect(await orders.findById(order.id)).toEqual(order);
      });

      it('finds nothing where nothing is', async () => {
        const { orders } = setup();

        expect(await orders.findById(newId())).toBeNull();
      });

      it("shows nobody somebody else's order", async () => {
        const { orders, aUserId } = setup();
        const order = anOrder({ userId: await aUserId() });
        await orders.add(order);
        const other = await aUserId();

        expect(await orders.findOwned(order.id, other)).toBeNull();
        expect(await orders.listOwned(other, {}, FIRST_PAGE)).toEqual({ items: [], next: null });
      });
    });

    describe('listOwned', () => {
      it('puts the newest first', async () => {
        const { orders, userId } = await withOrders(setup, 3);

        const { items } = await orders.listOwned(userId, {}, FIRST_PAGE);

        expect(items.map(({ placedAt }) => placedAt)).toEqual([2, 1, 0].map(minutesAfterNow));
      });

      it('walks through all orders once, whatever is placed meanwhile', async () => {
        const { orders, userId, placed } = await withOrders(setup, 5);
        const seen: Order[] = [];
        let after: string | null = null;

        do {
          const page = await orders.listOwned(userId, {}, { limit: 2, after });
          seen.push(...page.items);
          after = page.next;
          await orders.add(anOrder({ userId, placedAt: minutesAfterNow(100) }));
        } while (after !== null);

        expect(seen).toEqual(placed.toReversed());
      });

      it('knows a full last page from one that has a successor', async () => {
        const { orders, userId } = await withOrders(setup, 2);

        expect((await orders.listOwned(userId, {}, { limit: 2, after: null })).next).toBeNull();
        expect((await orders.listOwned(userId, {}, { limit: 1, after: null })).next).not.toBeNull();
      });

      it('keeps to one status on every page', async () => {
        const { orders, userId, placed } = await withOrders(setup, 3);
        await orders.add(anOrder({ userId, status: 'cancelled', placedAt: minutesAfterNow(1.5) }));

        const first = await orders.listOwned(userId, { status: 'placed' }, { limit: 2, after: null });
        const second = await orders.listOwned(userId, { status: 'placed' }, { limit: 2, after: first.next });

        expect([...first.items, ...second.items]).toEqual(placed.toReversed());
      });

      it('leaves out what was placed at that very moment or before', async () => {
        const { orders, userId, placed } = await withOrders(setup, 3);

        const { items } = await orders.listOwned(userId, { placedAfter: minutesAfterNow(1) }, FIRST_PAGE);

        expect(items).toEqual([placed[2]]);
      });

      it.each([
        ['sooner', -1],
        ['later', 1],
      ])('goes by the time of the order, also when its id was made a second %s', async (_, seconds) => {
        const { orders, aUserId } = setup();
        const userId = await aUserId();
        const { id } = anOrder({ placedAt: new Date(NOW.getTime() + seconds * 1000) });
        const order = anOrder({ id, userId });
        await orders.add(order);

        const justBefore = new Date(NOW.getTime() - 1);

        expect((await orders.listOwned(userId, { placedAfter: justBefore }, FIRST_PAGE)).items).toEqual([order]);
        expect((await orders.listOwned(userId, { placedAfter: NOW }, FIRST_PAGE)).items).toEqual([]);
      });
    });

    describe('a deleted order', () => {
      it('is found and listed for nobody, and comes back as it is', async () => {
        const { orders, userId, placed } = await withOrders(setup, 3);
        const [first, middle, last] = placed as [Order, Order, Order];
        const listed = async () => [
          (await orders.listOwned(userId, {}, FIRST_PAGE)).items,
          (await orders.listOwned(userId, { status: 'placed' }, FIRST_PAGE)).items,
        ];
        await orders.findOwned(middle.id, userId);

        await orders.update(middle.id, (order) => ({ ...order, deletedAt: NOW }));

        expect([await orders.findById(middle.id), await orders.findOwned(middle.id, userId)]).toEqual([null, null]);
        expect(await listed()).toEqual([
          [last, first],
          [last, first],
        ]);

        await orders.update(middle.id, (order) => ({ ...order, deletedAt: null }));

        expect([await orders.findById(middle.id), await orders.findOwned(middle.id, userId)]).toEqual([middle, middle]);
        expect(await listed()).toEqual([
          [last, middle, first],
          [last, middle, first],
        ]);
      });
    });

    describe('listDeleted', () => {
      /** Whatever other tests delete is older. */
      const SINCE = minutesAfterNow(1_000);

      it('shows those of all users, last deleted first, page by page', async () => {
        const { orders, aUserId } = setup();
        const deleted = [];
        for (const minute of [1_003, 1_001, 1_002, 1_002]) {
          const order = anOrder({ userId: await aUserId(), status: 'fulfilled', deletedAt: minutesAfterNow(minute) });
          await orders.add(order);
          deleted.push(order);
        }
        await orders.add(anOrder({ userId: await aUserId() }));
        await orders.add(anOrder({ userId: await aUserId(), status: 'fulfilled', deletedAt: SINCE }));

        const first = await orders.listDeleted(SINCE, { limit: 2, after: null });
        const second = await orders.listDeleted(SINCE, { limit: 2, after: first.next });

        const [latest, earliest, ...atOnce] = deleted;
        const [smaller, greater] = atOnce.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect([...first.items, ...second.items]).toEqual([latest, greater, smaller, earliest]);
        expect(second.next).toBeNull();
      });
    });

    describe('update', () => {
      it('saves the change', async () => {
        const { orders, aUserId } = setup();
        const order = anOrder({ userId: await aUserId() });
        await orders.add(order);
        const change = { status: 'fulfilled', version: 2, fulfilledAt: minutesAfterNow(1) } as const;

        const updated = await orders.update(order.id, (current) => ({ ...current, ...change }));

        expect(updated).toEqual({ ...order, ...change });
        expect(await orders.findById(order.id)).toEqual(updated);
      });

      it('writes nothing when the change throws', async () => {
        const { orders, aUserId } = setup();
        const order = anOrder({ userId: await aUserId() });
        await orders.add(order);

        const update = orders.update(order.id, () => {
          throw new Error('no');
        });

        await expect(update).rejects.toThrow('no');
        expect(await orders.findById(order.id)).toEqual(order);
      });

      it('loses no update when many arrive at once', async () => {
        const { orders, aUserId } = setup();
        const order = anOrder({ userId: await aUserId() });
        await orders.add(order);
        const bump = (current: Order) => ({ ...current, version: current.version + 1 });

        await Promise.all(Array.from({ length: 10 }, () => orders.update(order.id, bump)));

        expect(await orders.findById(order.id)).toMatchObject({ version: 11 });
      });

      it('says so when there is no such order', async () => {
        const { orders } = setup();

        await expect(orders.update(newId(), (order) => order)).rejects.toThrow(OrderNotFound);
      });
    });
  });
}

/** One order a minute, oldest first. */
async function withOrders(setup: Setup, count: number) {
  const { orders, aUserId } = setup();
  const userId = await aUserId();
  const placed = Array.from({ length: count }, (_, minute) => anOrder({ userId, placedAt: minutesAfterNow(minute) }));
  for (const order of placed) await orders.add(order);
  return { orders, userId, placed };
}
