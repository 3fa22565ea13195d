import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#platform/kernel/page.js';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';
import type { Order } from '../domain/order.js';
import { readOrders } from './order.permissions.js';
import { type OrderFilter, OrdersRepository } from './orders.repository.js';

@Injectable()
export class ListOrders {
  constructor(private readonly orders: OrdersRepository) {}

  async execute(principal: Principal, filter: OrderFilter, page: PageRequest<string>): Promise<Page<Order>> {
    requirePermission(principal, readOrders);

    return this.orders.listOwned(principal.id, filter, page);
  }
}
