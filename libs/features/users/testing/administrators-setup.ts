import { AddUser } from '#features/accounts/application/registration/add-user.js';
import { FindOrInviteUser } from '#features/accounts/index.js';
import { GrantAdminRole } from '#features/roles/index.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { ForgotPassword } from '../../accounts/application/passwords/reset/forgot-password.js';
import type { User } from '../../accounts/domain/user.js';
import { InMemoryAccountsRepository } from '../../accounts/testing/repositories/in-memory-accounts.repository.js';
import { InMemoryPasswordResetsRepository } from '../../accounts/testing/repositories/in-memory-password-resets.repository.js';
import { InMemoryRoles } from '../../roles/testing/in-memory-roles.js';
import { CreateAdministrator } from '../application/create-administrator.js';

/** Accounts whose owners all have the role of everybody, and the use case that makes administrators of them. */
export function administratorsSetup() {
  const [roles, jobs, audit, clock] = [
    new InMemoryRoles(),
    new RecordedJobs(),
    new RecordedAudit(),
    new StoppedClock(),
  ];
  const accounts = new (class extends InMemoryAccountsRepository {
    override async add(user: User): Promise<void> {
      await super.add(user);
      roles.addUser(user.id, 'user');
    }
  })();
  const forgotPassword = new ForgotPassword(new InMemoryPasswordResetsRepository(), jobs, clock);
  const createAdministrator = new CreateAdministrator(
    new ImmediateTransaction(),
    new FindOrInviteUser(accounts, forgotPassword, new AddUser(accounts, new RecordedEvents(), audit), clock),
    new GrantAdminRole(new ImmediateAccessChanges(), roles, audit),
  );
  const roleNamesOf = async (userId: string) => (await roles.rolesOf(userId)).map(({ name }) => name);
  return { accounts, jobs, createAdministrator, roleNamesOf };
}
