import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { Order, OrderStatus } from '../domain/order.js';

export type OrderFilter = Readonly<{ status?: OrderStatus; placedAfter?: Date }>;

export abstract class OrdersRepository {
  abstract add(order: Order): Promise<void>;

  abstract findById(id: string): Promise<Order | null>;

  /** Null for somebody else's order, as for a missing one. */
  abstract findOwned(id: string, userId: string): Promise<Order | null>;

  /** Newest first. A page costs the same however deep it lies, and orders placed meanwhile shift nothing. */
  abstract listOwned(userId: string, filter: OrderFilter, page: PageRequest<string>): Promise<Page<Order>>;

  /**
   * Locks the row, applies `change`, saves the result: one transaction.
   * If `change` throws or gives back the order it got, nothing is written.
   * @throws OrderNotFound
   */
  abstract update(id: string, change: (current: Order) => Order): Promise<Order>;
}
