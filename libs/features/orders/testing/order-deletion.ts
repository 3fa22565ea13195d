import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { DeleteOrder } from '../application/deletion/delete-order.js';
import { ListDeletedOrders } from '../application/deletion/list-deleted-orders.js';
import { RestoreOrder } from '../application/deletion/restore-order.js';
import type { Order } from '../domain/order.js';
import { InMemoryOrdersRepository } from './in-memory-orders.repository.js';
import { aBuyer, anOrder, NOW } from './order.factory.js';

/** What becomes of one order that is deleted and restored. `stored` sees it in either state. */
export async function setup(overrides: Partial<Order> = {}) {
  const orders = new InMemoryOrdersRepository();
  const order = anOrder(overrides);
  await orders.add(order);
  const [audit, transaction, clock] = [new RecordedAudit(), new ImmediateTransaction(), { now: () => NOW }];
  return {
    orders,
    order,
    owner: aBuyer({ id: order.userId }),
    stored: () => orders.update(order.id, (current) => current),
    audit,
    deleteOrder: new DeleteOrder(orders, audit, transaction, clock),
    restoreOrder: new RestoreOrder(orders, audit, transaction, clock),
    listDeletedOrders: new ListDeletedOrders(orders, clock),
  };
}
