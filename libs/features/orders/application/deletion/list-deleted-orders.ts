import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import { type Order, restorableSince } from '../../domain/order.js';
import { OrdersRepository } from '../orders.repository.js';

@Injectable()
export class ListDeletedOrders {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly clock: Clock,
  ) {}

  /** Those that can be restored, of all buyers. */
  execute(page: PageRequest<string>): Promise<Page<Order>> {
    return this.orders.listDeleted(restorableSince(this.clock.now()), page);
  }
}
