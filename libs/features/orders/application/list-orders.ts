import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
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
