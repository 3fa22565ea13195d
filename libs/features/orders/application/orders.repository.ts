import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { Order, OrderStatus } from '../domain/order.js';

export type OrderFilter = Readonly<{ status?: OrderStatus; placedAfter?: Date }>;

/** Deleted orders are found and listed by nothing but `listDeleted` and `update`. */
export abstract class OrdersRepository {
  abstract add(order: Order): Promise<void>;

  abstract findById(id: string): Promise<Order | null>;

  /** Null for somebody else's order, as for a missing one. */
  abstract findOwned(id: string, userId: string): Promise<Order | null>;

  /** Newest first. A page costs the same however deep it lies, and orders placed meanwhile shift nothing. */
  abstract listOwned(userId: string, filter: OrderFilter, page: PageRequest<string>): Promise<Page<Order>>;

  /** Of all users, deleted after that time: last deleted first. */
  abstract listDeleted(since: Date, page: PageRequest<string>): Promise<Page<Order>>;

  /**
   * Locks the row, applies `change`, saves the result: one transaction.
   * If `change` throws or gives back the order it got, nothing is written. It may get a deleted one: the rules of the domain know them.
   * @throws OrderNotFound
   */
  abstract update(id: string, change: (current: Order) => Order): Promise<Order>;
}
