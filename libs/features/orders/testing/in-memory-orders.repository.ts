import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { OrderFilter, OrdersRepository } from '../application/orders.repository.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';

export class InMemoryOrdersRepository implements OrdersRepository {
  private readonly rows = new Map<string, Order>();

  async add(order: Order): Promise<void> {
    this.rows.set(order.id, order);
  }

  async findById(id: string): Promise<Order | null> {
    const order = this.rows.get(id);
    return order && order.deletedAt === null ? order : null;
  }

  async findOwned(id: string, userId: string): Promise<Order | null> {
    const order = await this.findById(id);
    return order?.userId === userId ? order : null;
  }

  async listOwned(
    userId: string,
    { status, placedAfter }: OrderFilter,
    { limit, after }: PageRequest<string>,
  ): Promise<Page<Order>> {
    const orders = [...this.rows.values()]
      .filter((order) => order.userId === userId && order.deletedAt === null)
      .filter((order) => status === undefined || order.status === status)
      .filter((order) => placedAfter === undefined || order.placedAt > placedAfter)
      .filter((order) => after === null || order.id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(orders, limit, ({ id }) => id);
  }

  async listDeleted(since: Date, { limit, after }: PageRequest<string>): Promise<Page<Order>> {
    const position = ({ deletedAt, id }: Order) => `${deletedAt?.toISOString()} ${id}`;
    const orders = [...this.rows.values()]
      .filter(({ deletedAt }) => deletedAt !== null && deletedAt > since)
      .filter((order) => after === null || position(order) < after)
      .sort((a, b) => (position(a) < position(b) ? 1 : -1));
    return pageOf(orders, limit, position);
  }

  async update(id: string, change: (current: Order) => Order): Promise<Order> {
    const current = this.rows.get(id);
    if (!current) throw new OrderNotFound();

    const next = change(current);
    this.rows.set(id, next);
    return next;
  }
}
