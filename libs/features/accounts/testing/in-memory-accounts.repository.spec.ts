import { describeAccountsRepository } from './accounts.repository.contract.js';
import { InMemoryAccountsRepository } from './in-memory-accounts.repository.js';

describeAccountsRepository('InMemoryAccountsRepository', (clock) => {
  const accounts = new InMemoryAccountsRepository(clock);
  return { accounts, add: (account) => accounts.add(account) };
});
