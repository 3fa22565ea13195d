import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { type Order, restore } from '../../domain/order.js';
import { OrdersRepository } from '../orders.repository.js';

/** Whose the order is does not matter: it goes back to them. */
@Injectable()
export class RestoreOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly audit: Audit,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async execute(id: string): Promise<Order> {
    return this.transaction.run(async () => {
      const restored = await this.orders.update(id, (order) => restore(order, this.clock.now()));
      await this.audit.record({ type: 'order.restored', subjectId: id });
      return restored;
    });
  }
}
