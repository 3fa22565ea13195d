import { newId } from '#platform/kernel/values/ids.js';
import { describeIdentitiesRepository } from './identities.repository.contract.js';
import { InMemoryIdentitiesRepository } from './in-memory-identities.repository.js';
import { InMemorySpentProofs } from './in-memory-spent-proofs.js';
import { describeSpentProofs } from './spent-proofs.contract.js';

describeIdentitiesRepository('InMemoryIdentitiesRepository', () => ({
  identities: new InMemoryIdentitiesRepository(),
  aUserId: async () => newId(),
}));
describeSpentProofs('InMemorySpentProofs', () => new InMemorySpentProofs());
