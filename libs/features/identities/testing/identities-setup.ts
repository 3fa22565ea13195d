import type { User } from '#features/accounts/domain/user.js';
import { WithLockedUser } from '#features/accounts/index.js';
import { findOrCreateUserOn } from '#features/accounts/testing/find-or-create-user.js';
import { InMemoryAccountsRepository } from '#features/accounts/testing/repositories/in-memory-accounts.repository.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { AddIdentity } from '../application/add-identity.js';
import { AfterIdentityChange } from '../application/after-identity-change.js';
import { LinkIdentity } from '../application/own-identities/link-identity.js';
import { FindOrLinkUser } from '../application/sign-in/find-or-link-user.js';
import type { Identity } from '../domain/identity.js';
import { FakeIdentityProviders } from './fake-identity-providers.js';
import { anIdentity } from './identity.factory.js';
import { InMemoryIdentitiesRepository } from './in-memory-identities.repository.js';

/** What use cases of identities need, and the parts that several of them have in common. Nobody has an account yet. */
export function identitiesSetup() {
  const [users, identities] = [new InMemoryAccountsRepository(), new InMemoryIdentitiesRepository()];
  const [providers, clock, audit, jobs] = [
    new FakeIdentityProviders(),
    new StoppedClock(),
    new RecordedAudit(),
    new RecordedJobs(),
  ];
  const transaction = new ImmediateTransaction();
  const withLockedUser = new WithLockedUser(transaction, users);
  const afterChange = new AfterIdentityChange(jobs, audit);
  const addIdentity = new AddIdentity(withLockedUser, identities, afterChange, clock);
  const findOrLinkUser = new FindOrLinkUser(identities, findOrCreateUserOn(users, clock, audit), addIdentity);
  const linkIdentity = new LinkIdentity(identities, addIdentity, providers);

  async function aSignedInUser(overrides: Partial<User> = {}): Promise<Principal> {
    const user = aUser(overrides);
    await users.add(user);
    return aPrincipal({ id: user.id });
  }
  async function anIdentityOf({ id: userId }: Principal, overrides: Partial<Identity> = {}): Promise<Identity> {
    const identity = anIdentity({ userId, ...overrides });
    await identities.add(identity);
    return identity;
  }
  return {
    ...{ users, identities, providers, clock, audit, jobs, transaction },
    ...{ withLockedUser, afterChange, addIdentity, findOrLinkUser, linkIdentity },
    ...{ aSignedInUser, anIdentityOf },
  };
}
