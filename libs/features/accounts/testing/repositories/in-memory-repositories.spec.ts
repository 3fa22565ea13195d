import { describeAccountsRepository } from './accounts.repository.contract.js';
import { describeCredentialsRepository } from './credentials.repository.contract.js';
import { InMemoryAccountsRepository } from './in-memory-accounts.repository.js';
import { InMemoryCredentialsRepository } from './in-memory-credentials.repository.js';
import { InMemoryPasswordResetsRepository } from './in-memory-password-resets.repository.js';
import { InMemoryRegistrationsRepository } from './in-memory-registrations.repository.js';
import { describePasswordResetsRepository } from './password-resets.repository.contract.js';
import { describeRegistrationsRepository } from './registrations.repository.contract.js';

function create() {
  const accounts = new InMemoryAccountsRepository();
  const registrations = new InMemoryRegistrationsRepository();
  return { accounts, registrations, credentials: new InMemoryCredentialsRepository(accounts, registrations) };
}

describeAccountsRepository('InMemoryAccountsRepository', () => create().accounts);
describeRegistrationsRepository('InMemoryRegistrationsRepository', () => create().registrations);
describeCredentialsRepository('InMemoryCredentialsRepository', create);
describePasswordResetsRepository('InMemoryPasswordResetsRepository', () => new InMemoryPasswordResetsRepository());
