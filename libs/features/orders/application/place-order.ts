import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type Order, type Purchase, place } from '../domain/order.js';
import { orderPlaced } from './order.events.js';
import { fulfilOrder } from './order.jobs.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class PlaceOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(principal: Principal, purchase: Purchase): Promise<Order> {
    const order = place(purchase, newId(), principal.id, this.clock.now());

    // Together or not at all: no order that nobody fulfils, no word of an order that does not exist.
    await this.transaction.run(async () => {
      await this.orders.add(order);
      await this.jobs.enqueue(fulfilOrder, { orderId: order.id });
      await this.events.publish(orderPlaced, { orderId: order.id, userId: order.userId });
    });

    return order;
  }
}
