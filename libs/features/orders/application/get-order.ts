import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class GetOrder {
  constructor(private readonly orders: OrdersRepository) {}

  async execute(principal: Principal, id: string): Promise<Order> {
    const order = await this.orders.findOwned(id, principal.id);
    if (!order) throw new OrderNotFound();
    return order;
  }
}
