import { afterAll, describe, expect, it } from 'vitest';
import { BeginSession, UserNotFound, WithLockedUser } from '#features/accounts/index.js';
import { PrismaAccountsRepository } from '#features/accounts/infrastructure/prisma-accounts.repository.js';
import { findOrCreateUserOn } from '#features/accounts/testing/find-or-create-user.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { AddIdentity } from './application/add-identity.js';
import { AfterIdentityChange } from './application/after-identity-change.js';
import { UnlinkIdentity } from './application/own-identities/unlink-identity.js';
import { FindOrLinkUser } from './application/sign-in/find-or-link-user.js';
import { SignIn } from './application/sign-in/sign-in.js';
import { PrismaIdentitiesRepository } from './infrastructure/prisma-identities.repository.js';
import { FakeIdentityProviders } from './testing/fake-identity-providers.js';
import { anExternalAccount, anIdentity } from './testing/identity.factory.js';
import { storedUsers } from './testing/stored-users.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const CLIENT = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };

function setup() {
  const [users, identities, clock] = [
    new PrismaAccountsRepository(database),
    new PrismaIdentitiesRepository(database),
    new StoppedClock(),
  ];
  const withLockedUser = new WithLockedUser(database, users);
  const afterChange = new AfterIdentityChange(new RecordedJobs(), new RecordedAudit());
  const sessions = new RecordedSessions();
  const beginSession = new BeginSession(database, users, sessions);
  const addIdentity = new AddIdentity(withLockedUser, identities, afterChange, clock);
  const signIn = new SignIn(
    database,
    new FindOrLinkUser(identities, findOrCreateUserOn(users, clock), addIdentity),
    beginSession,
  );
  return {
    users,
    identities,
    addIdentity,
    /** Whose sessions have begun. */
    begun: () => sessions.begun.map(([userId]) => userId),
    accounts: storedUsers(database, clock),
    signInAs: (account = anExternalAccount()) => signIn.execute(account, CLIENT),
    unlinkIdentity: new UnlinkIdentity(withLockedUser, identities, new FakeIdentityProviders(), afterChange),
  };
}

describe('unlinking', () => {
  it('leaves one identity when all are unlinked at the same moment', async () => {
    const { users, identities, unlinkIdentity } = setup();
    const user = aUser({ passwordHash: null });
    await users.add(user);
    const linked = Array.from({ length: 8 }, () => anIdentity({ userId: user.id }));
    for (const identity of linked) await identities.add(identity);

    const unlinked = await Promise.allSettled(
      linked.map(({ id }) => unlinkIdentity.execute(aPrincipal({ id: user.id }), id)),
    );

    expect(unlinked.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await identities.listOf(user.id)).toHaveLength(1);
  });
});

describe('somebody whose account was deleted', () => {
  it('begins anew with the same external account and address, and the old account stays deleted', async () => {
    const { users, identities, accounts, begun, signInAs } = setup();
    const account = anExternalAccount();
    await signInAs(account);
    await accounts.remove(begun()[0]!);

    await signInAs(account);

    expect(begun()[1]).not.toBe(begun()[0]);
    expect(await users.findByEmail(account.email!)).toMatchObject({ id: begun()[1] });
    expect(await identities.find(account)).toMatchObject({ userId: begun()[1] });
    expect(await users.findById(begun()[0]!)).toBeNull();
  });

  it('begins anew once when many of their sign-ins arrive while it is deleted', async () => {
    const { users, accounts, begun, signInAs } = setup();
    const account = anExternalAccount();
    await signInAs(account);
    const [deleted] = begun();

    await Promise.all([accounts.remove(deleted!), ...Array.from({ length: 8 }, () => signInAs(account))]);

    const successor = await users.findByEmail(account.email!);
    expect(new Set(begun())).toEqual(new Set(successor ? [deleted, successor.id] : [deleted]));
  });

  it('gets nothing linked to the old account', async () => {
    const { users, identities, accounts, addIdentity } = setup();
    const [user, account] = [aUser(), anExternalAccount()];
    await users.add(user);
    await accounts.remove(user.id);

    await expect(addIdentity.execute(account, { userId: user.id, isNew: false })).rejects.toThrow(UserNotFound);

    expect(await identities.find(account)).toBeNull();
  });
});
