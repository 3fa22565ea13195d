import { describeFlagsRepository } from './flags.repository.contract.js';
import { InMemoryFlagsRepository } from './in-memory-flags.repository.js';

describeFlagsRepository('InMemoryFlagsRepository', () => ({ flags: new InMemoryFlagsRepository() }));
