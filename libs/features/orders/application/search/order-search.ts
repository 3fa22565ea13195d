import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { Order } from '../../domain/order.js';

/** Finds orders by what they say. Another engine is another adapter: docs/search.md. */
export abstract class OrderSearch {
  /**
   * One's own orders with all words of the text in their SKUs or note, the best first: SKUs count for more. `"two words"` stand side by side, `or` lets
   * one of two be enough, `-word` is not to be there. Orders placed meanwhile shift nothing.
   */
  abstract search(userId: string, text: string, page: PageRequest<string>): Promise<Page<Order>>;
}
