import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { cancel, type Order, requireOwner, requireVersion } from '../domain/order.js';
import { cancelOrders } from './order.permissions.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class CancelOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly clock: Clock,
  ) {}

  /** `versions` are those the caller decided about; null stands for whichever is current. */
  async execute(principal: Principal, id: string, versions: readonly string[] | null): Promise<Order> {
    requirePermission(principal, cancelOrders);

    return this.orders.update(id, (order) => {
      requireOwner(order, principal.id);
      if (versions) requireVersion(order, versions);
      return cancel(order, this.clock.now());
    });
  }
}
