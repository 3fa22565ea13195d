import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, type Statement } from '#platform/database/database.js';
import { Cache, cachedDate, defineCache } from '#platform/kernel/cache/cache.js';
import { firstIdAt, MAX_ID } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { OrderFilter, OrdersRepository } from '../application/orders.repository.js';
import { OrderNotFound } from '../domain/order.errors.js';
import { ORDER_STATUSES, type Order } from '../domain/order.js';
import { ORDER_COLUMNS, type OrderRow, toOrder } from './order-row.js';

const ADD: Statement = {
  name: 'orders.add',
  text: `INSERT INTO orders (id, user_id, status, version, currency, total_amount, items, note, placed_at, fulfilled_at, cancelled_at, deleted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
};
const FIND_BY_ID: Statement = {
  name: 'orders.find-by-id',
  text: `SELECT ${ORDER_COLUMNS} FROM orders WHERE id = $1 AND deleted_at IS NULL`,
};
const LOCK_BY_ID: Statement = {
  name: 'orders.lock-by-id',
  text: `SELECT ${ORDER_COLUMNS} FROM orders WHERE id = $1 FOR UPDATE`,
};

// Comparing whole rows leaves Postgres one way to read a page: backwards along one index, from cursor to limit.
// `user_id = $1 AND id < $2` lets it choose the primary key instead and walk past everybody else's orders.
// The index has no deleted orders, so there is nothing to walk past.
const LIST_OWNED: Statement = {
  name: 'orders.list-owned',
  text: `SELECT ${ORDER_COLUMNS} FROM orders
    WHERE (user_id, id) < ($1, $2) AND (user_id, id) >= ($1, $3) AND placed_at > $4 AND deleted_at IS NULL
    ORDER BY user_id DESC, id DESC LIMIT $5`,
};
const LIST_OWNED_BY_STATUS: Statement = {
  name: 'orders.list-owned-by-status',
  text: `SELECT ${ORDER_COLUMNS} FROM orders
    WHERE (status, user_id, id) < ($6, $1, $2) AND (status, user_id, id) >= ($6, $1, $3) AND placed_at > $4 AND deleted_at IS NULL
    ORDER BY status DESC, user_id DESC, id DESC LIMIT $5`,
};
const LIST_DELETED: Statement = {
  name: 'orders.list-deleted',
  text: `SELECT ${ORDER_COLUMNS} FROM orders WHERE (deleted_at, id) < ($1, $2) AND deleted_at > $3
    ORDER BY deleted_at DESC, id DESC LIMIT $4`,
};

const money = z.object({ amount: z.int(), currency: z.string() });
/** By its id alone: one entry for its owner and for people who try ids, and `findOwned` says whose it is. */
const orderById = defineCache<Order>({
  name: 'orders.by-id',
  value: z.object({
    id: z.string(),
    userId: z.string(),
    status: z.enum(ORDER_STATUSES),
    version: z.int(),
    items: z.array(z.object({ sku: z.string(), quantity: z.int(), unitPrice: money })),
    total: money,
    note: z.string().nullable(),
    placedAt: cachedDate,
    fulfilledAt: cachedDate.nullable(),
    cancelledAt: cachedDate.nullable(),
    deletedAt: cachedDate.nullable(),
  }),
  ttlSeconds: 60,
  graceSeconds: 300,
});

const BEGINNING = new Date(0);
/** Behind the last deleted order. */
const END = `infinity ${MAX_ID}`;

/** An id is made a moment before or after `placedAt` is read; a minute covers it, and the exact bound decides. */
const ID_SLACK_MS = 60_000;

/** Changes go through Prisma. Placing and reading are plain SQL: they are the hot paths, and one `toOrder` serves all reads. */
@Injectable()
export class PrismaOrdersRepository implements OrdersRepository {
  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  async add(order: Order): Promise<void> {
    const { id, userId, status, version, total, items, note, placedAt, fulfilledAt, cancelledAt, deletedAt } = order;
    const what = [total.currency, total.amount, JSON.stringify(items), note];
    const when = [placedAt, fulfilledAt, cancelledAt, deletedAt];
    await this.database.query(ADD, [id, userId, status, version, ...what, ...when]);
  }

  async findById(id: string): Promise<Order | null> {
    const [row] = await this.database.query<OrderRow>(FIND_BY_ID, [id]);
    return row ? toOrder(row) : null;
  }

  async findOwned(id: string, userId: string): Promise<Order | null> {
    const order = await this.cache.get(orderById, id, () => this.findById(id));
    return order?.userId === userId ? order : null;
  }

  async listOwned(userId: string, filter: OrderFilter, { limit, after }: PageRequest<string>): Promise<Page<Order>> {
    const { status, placedAfter = BEGINNING } = filter;
    // Ids begin with their time: this bound lets the index end the scan where `placedAfter` alone would read on to the user's first order.
    const earliestId = firstIdAt(new Date(placedAfter.getTime() - ID_SLACK_MS));
    const values = [userId, after ?? MAX_ID, earliestId, placedAfter, limit + 1];

    const rows = await this.database.stale(() =>
      status
        ? this.database.query<OrderRow>(LIST_OWNED_BY_STATUS, [...values, status])
        : this.database.query<OrderRow>(LIST_OWNED, values),
    );

    return pageOf(rows.map(toOrder), limit, ({ id }) => id);
  }

  async listDeleted(since: Date, { limit, after }: PageRequest<string>): Promise<Page<Order>> {
    const rows = await this.database.query<OrderRow>(LIST_DELETED, [...(after ?? END).split(' '), since, limit + 1]);
    return pageOf(rows.map(toOrder), limit, ({ deletedAt, id }) => `${deletedAt?.toISOString()} ${id}`);
  }

  update(id: string, change: (current: Order) => Order): Promise<Order> {
    return this.database.transaction(async () => {
      const [row] = await this.database.query<OrderRow>(LOCK_BY_ID, [id]);
      if (!row) throw new OrderNotFound();

      const current = toOrder(row);
      const next = change(current);
      if (next === current) return current;

      await this.database.client.order.update({ where: { id }, data: toRow(next) });
      await this.cache.forget(orderById, id);
      return next;
    });
  }
}

function toRow({ total, ...order }: Order) {
  return { ...order, items: [...order.items], currency: total.currency, totalAmount: total.amount };
}
