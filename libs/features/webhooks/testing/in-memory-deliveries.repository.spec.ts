import { newId } from '#platform/kernel/values/ids.js';
import { describeDeliveriesRepository } from './deliveries.repository.contract.js';
import { InMemoryDeliveriesRepository } from './in-memory-deliveries.repository.js';
import { InMemoryEndpointsRepository } from './in-memory-endpoints.repository.js';

describeDeliveriesRepository('InMemoryDeliveriesRepository', () => {
  const endpoints = new InMemoryEndpointsRepository();
  const deliveries = new InMemoryDeliveriesRepository(endpoints);
  return {
    endpoints,
    deliveries,
    aUserId: async () => newId(),
    end: async (id, status) => deliveries.end(id, status),
  };
});
