import { newId } from '#platform/kernel/values/ids.js';
import { describeEndpointsRepository } from './endpoints.repository.contract.js';
import { InMemoryEndpointsRepository } from './in-memory-endpoints.repository.js';

describeEndpointsRepository('InMemoryEndpointsRepository', () => ({
  endpoints: new InMemoryEndpointsRepository(),
  aUserId: async () => newId(),
}));
