import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { remove, requireOwner, requireVersion } from '../../domain/order.js';
import { OrdersRepository } from '../orders.repository.js';

@Injectable()
export class DeleteOrder {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly audit: Audit,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** `versions` are those the caller decided about; null stands for whichever is current. */
  async execute(principal: Principal, id: string, versions: readonly string[] | null): Promise<void> {
    await this.transaction.run(async () => {
      await this.orders.update(id, (order) => {
        requireOwner(order, principal.id);
        if (versions) requireVersion(order, versions);
        return remove(order, this.clock.now());
      });
      await this.audit.record({ type: 'order.deleted', subjectId: id });
    });
  }
}
