import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { AddUser } from '../application/registration/add-user.js';
import type { User } from '../domain/user.js';
import { PlainPasswordHasher } from './plain-password-hasher.js';
import { RecordedAccountSessions } from './recorded-account-sessions.js';
import { RecordedSignInThrottle } from './recorded-sign-in-throttle.js';
import { InMemoryAccountsRepository } from './repositories/in-memory-accounts.repository.js';
import { InMemoryCredentialsRepository } from './repositories/in-memory-credentials.repository.js';
import { InMemoryPasswordResetsRepository } from './repositories/in-memory-password-resets.repository.js';
import { InMemoryRegistrationsRepository } from './repositories/in-memory-registrations.repository.js';
import { aUser } from './user.factory.js';

/** The one password that everybody tries first. */
const commonPasswords = { includes: async (password: string) => password === 'password1' };
/** A mailed token is the id of what it stands for. */
const mailedTokens = { verify: (token: string) => (token === 'nonsense' ? null : token) };

/** What use cases of accounts need. Nobody has one yet. */
export function accountsSetup() {
  const [users, registrations] = [new InMemoryAccountsRepository(), new InMemoryRegistrationsRepository()];
  const [audit, events] = [new RecordedAudit(), new RecordedEvents()];
  return {
    users,
    registrations,
    credentials: new InMemoryCredentialsRepository(users, registrations),
    resets: new InMemoryPasswordResetsRepository(),
    sessions: new RecordedAccountSessions(),
    throttle: new RecordedSignInThrottle(),
    hasher: new PlainPasswordHasher(),
    jobs: new RecordedJobs(),
    audit,
    events,
    addUser: new AddUser(users, events, audit),
    clock: new StoppedClock(),
    transaction: new ImmediateTransaction(),
    commonPasswords,
    mailedTokens,
    async aStoredUser(overrides: Partial<User> = {}): Promise<User> {
      const user = aUser(overrides);
      await users.add(user);
      return user;
    },
  };
}
