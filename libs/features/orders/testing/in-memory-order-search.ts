import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { OrderSearch } from '../application/search/order-search.js';
import type { Order } from '../domain/order.js';

/** Orders whose note has the text, the newest first: what is searched for how is told by the specs of Postgres. */
export class InMemoryOrderSearch implements OrderSearch {
  readonly orders: Order[] = [];

  async search(userId: string, text: string, { limit, after }: PageRequest<string>): Promise<Page<Order>> {
    const found = this.orders
      .filter((order) => order.userId === userId && order.note?.includes(text))
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(found, limit, ({ id }) => id);
  }
}
