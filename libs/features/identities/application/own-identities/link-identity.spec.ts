import { describe, expect, it } from '@jest/globals';
import { WithLockedUser } from '#features/accounts/index.js';
import { InMemoryAccountsRepository } from '#features/accounts/testing/in-memory-accounts.repository.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { ImmediateTransaction } from '#platform/testing/immediate-transaction.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { IdentityLinkedElsewhere } from '../../domain/identity.errors.js';
import { FakeIdentityProviders } from '../../testing/fake-identity-providers.js';
import { anExternalAccount, anIdentity } from '../../testing/identity.factory.js';
import { InMemoryIdentitiesRepository } from '../../testing/in-memory-identities.repository.js';
import { AfterIdentityChange } from '../after-identity-change.js';
import { LinkAccount } from '../link-account.js';
import { LinkIdentity } from './link-identity.js';

async function setup() {
  const user = aUser();
  const users = new InMemoryAccountsRepository();
  await users.add(user);
  const [identities, audit, jobs, clock] = [
    new InMemoryIdentitiesRepository(),
    new RecordedAudit(),
    new RecordedJobs(),
    new StoppedClock(),
  ];
  const transaction = new ImmediateTransaction();
  const linkAccount = new LinkAccount(
    new WithLockedUser(transaction, users),
    identities,
    new AfterIdentityChange(jobs, audit),
    clock,
  );
  const linkIdentity = new LinkIdentity(identities, linkAccount, new FakeIdentityProviders());
  return { principal: aPrincipal({ id: user.id }), identities, audit, jobs, linkIdentity };
}

describe('linking', () => {
  it('adds a way in, and says so in the audit and to the owner', async () => {
    const { principal, identities, audit, jobs, linkIdentity } = await setup();
    const account = anExternalAccount();

    const linked = await linkIdentity.execute(principal, async () => account);

    expect(linked).toMatchObject({ userId: principal.id, subject: account.subject, provider: 'acme' });
    expect(await identities.find(account)).toMatchObject({ userId: principal.id });
    expect(audit.recorded).toMatchObject([{ type: 'identity.linked', actorId: principal.id }]);
    expect(jobs.enqueued).toMatchObject([{ name: 'identities.send-changed-email' }]);
  });

  it('leaves what is linked already as it is', async () => {
    const { principal, identities, jobs, linkIdentity } = await setup();
    const account = anExternalAccount();
    const identity = anIdentity({ ...account, userId: principal.id });
    await identities.add(identity);

    expect(await linkIdentity.execute(principal, async () => account)).toEqual({ ...identity, provider: 'acme' });
    expect(jobs.enqueued).toEqual([]);
  });

  it("refuses somebody else's external account", async () => {
    const { principal, identities, linkIdentity } = await setup();
    const account = anExternalAccount();
    await identities.add(anIdentity({ ...account }));

    await expect(linkIdentity.execute(principal, async () => account)).rejects.toThrow(IdentityLinkedElsewhere);
  });

  it('is not for API keys', async () => {
    const { principal, linkIdentity } = await setup();
    const key = { ...principal, kind: 'api-key' as const, sessionId: null };

    await expect(linkIdentity.execute(key, async () => anExternalAccount())).rejects.toThrow(PermissionDenied);
  });
});
