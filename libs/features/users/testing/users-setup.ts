import { UserAccess } from '#features/roles/index.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { InMemoryRoles } from '../../roles/testing/in-memory-roles.js';
import { InMemoryUsersRepository } from './in-memory-users.repository.js';
import { aUser } from './user.factory.js';

/** A user with everybody's role, somebody who looks after users and is no administrator, and what use cases of users need. */
export async function usersSetup() {
  const [users, roles] = [new InMemoryUsersRepository(new StoppedClock()), new InMemoryRoles()];
  const [changes, audit, sessions] = [new ImmediateAccessChanges(), new RecordedAudit(), new RecordedSessions()];
  const user = aUser();
  await users.add(user);
  roles.addUser(user.id, 'user');
  return { user, keeper: aHolderOf(), users, roles, changes, audit, sessions, access: new UserAccess(changes, roles) };
}
