import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { fulfil, type Order } from '../domain/order.js';
import { OrdersRepository } from './orders.repository.js';

/** Asks for no permission: nobody but the worker calls it. */
@Injectable()
export class FulfilOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly clock: Clock,
  ) {}

  execute(id: string): Promise<Order> {
    return this.orders.update(id, (order) => fulfil(order, this.clock.now()));
  }
}
