import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { fulfil, isOpen } from '../domain/order.js';
import { orderFulfilled } from './order.events.js';
import { OrdersRepository } from './orders.repository.js';

/** Whose the order is does not matter: nobody but the worker calls it. */
@Injectable()
export class FulfilOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly events: Events,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** An order that is fulfilled or cancelled already stays as it is. @throws OrderNotFound */
  async execute(id: string): Promise<void> {
    await this.transaction.run(async () => {
      let wasOpen = false;
      const { userId } = await this.orders.update(id, (order) => {
        wasOpen = isOpen(order);
        return fulfil(order, this.clock.now());
      });
      if (wasOpen) await this.events.publish(orderFulfilled, { orderId: id, userId });
    });
  }
}
