import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryOrdersRepository } from './in-memory-orders.repository.js';
import { describeOrdersRepository } from './orders.repository.contract.js';

describeOrdersRepository('InMemoryOrdersRepository', () => ({
  orders: new InMemoryOrdersRepository(),
  aUserId: async () => newId(),
}));
