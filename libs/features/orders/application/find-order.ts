import { Injectable } from '@nestjs/common';
import type { Order } from '../domain/order.js';
import { OrdersRepository } from './orders.repository.js';

/** For other features, in the worker: asks for no permission. */
@Injectable()
export class FindOrder {
  constructor(private readonly orders: OrdersRepository) {}

  execute(id: string): Promise<Order | null> {
    return this.orders.findById(id);
  }
}
