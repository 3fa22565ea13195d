import { describeCredentialsRepository } from './credentials.repository.contract.js';
import { InMemoryCredentialsRepository } from './in-memory-credentials.repository.js';
import { InMemoryPasswordResetsRepository } from './in-memory-password-resets.repository.js';
import { InMemoryRegistrationsRepository } from './in-memory-registrations.repository.js';
import { InMemoryUsersRepository } from './in-memory-users.repository.js';
import { describePasswordResetsRepository } from './password-resets.repository.contract.js';
import { describeRegistrationsRepository } from './registrations.repository.contract.js';
import { describeUsersRepository } from './users.repository.contract.js';

function create() {
  const users = new InMemoryUsersRepository();
  const registrations = new InMemoryRegistrationsRepository();
  return { users, registrations, credentials: new InMemoryCredentialsRepository(users, registrations) };
}

describeUsersRepository('InMemoryUsersRepository', () => create().users);
describeRegistrationsRepository('InMemoryRegistrationsRepository', () => create().registrations);
describeCredentialsRepository('InMemoryCredentialsRepository', create);
describePasswordResetsRepository('InMemoryPasswordResetsRepository', () => new InMemoryPasswordResetsRepository());
