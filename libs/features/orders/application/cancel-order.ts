import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { cancel, isOpen, type Order, requireOwner, requireVersion } from '../domain/order.js';
import { orderCancelled } from './order.events.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class CancelOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly events: Events,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** `versions` are those the caller decided about; null stands for whichever is current. */
  async execute(principal: Principal, id: string, versions: readonly string[] | null): Promise<Order> {
    return this.transaction.run(async () => {
      let wasOpen = false;
      const cancelled = await this.orders.update(id, (order) => {
        requireOwner(order, principal.id);
        if (versions) requireVersion(order, versions);
        wasOpen = isOpen(order);
        return cancel(order, this.clock.now());
      });
      if (wasOpen) await this.events.publish(orderCancelled, { orderId: id, userId: cancelled.userId });
      return cancelled;
    });
  }
}
