import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { readOrders } from './order.permissions.js';
import { OrdersRepository } from './orders.repository.js';

@Injectable()
export class GetOrder {
  constructor(private readonly orders: OrdersRepository) {}

  async execute(principal: Principal, id: string): Promise<Order> {
    requirePermission(principal, readOrders);

    const order = await this.orders.findOwned(id, principal.id);
    if (!order) throw new OrderNotFound();
    return order;
  }
}
