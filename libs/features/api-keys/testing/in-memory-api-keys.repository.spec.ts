import { newId } from '#platform/kernel/values/ids.js';
import { describeApiKeysRepository } from './api-keys.repository.contract.js';
import { InMemoryApiKeysRepository } from './in-memory-api-keys.repository.js';

describeApiKeysRepository('InMemoryApiKeysRepository', () => ({
  apiKeys: new InMemoryApiKeysRepository(),
  aUserId: async () => newId(),
}));
