import { InMemoryUsersRepository } from './in-memory-users.repository.js';
import { describeUsersRepository } from './users.repository.contract.js';

describeUsersRepository('InMemoryUsersRepository', (clock) => {
  const users = new InMemoryUsersRepository(clock);
  return { users, add: (user) => users.add(user) };
});
