import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryUploadsRepository } from './in-memory-uploads.repository.js';
import { describeUploadsRepository } from './uploads.repository.contract.js';

describeUploadsRepository('InMemoryUploadsRepository', () => ({
  uploads: new InMemoryUploadsRepository(),
  aUserId: async () => newId(),
}));
