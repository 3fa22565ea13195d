import { describe, expect, it } from 'vitest';
import { IdentityLinkedElsewhere } from '../../domain/identity.errors.js';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { anExternalAccount, anIdentity } from '../../testing/identity.factory.js';

describe('linking', () => {
  it('adds a way in, and says so in the audit and to the owner', async () => {
    const { aSignedInUser, identities, audit, jobs, linkIdentity } = identitiesSetup();
    const [principal, account] = [await aSignedInUser(), anExternalAccount()];

    const linked = await linkIdentity.execute(principal, account);

    expect(linked).toMatchObject({ userId: principal.id, subject: account.subject, provider: 'acme' });
    expect(await identities.find(account)).toMatchObject({ userId: principal.id });
    expect(audit.recorded).toMatchObject([{ type: 'identity.linked', actorId: principal.id }]);
    expect(jobs.enqueued).toMatchObject([{ name: 'identities.send-changed-email' }]);
  });

  it('leaves what is linked already as it is', async () => {
    const { aSignedInUser, anIdentityOf, jobs, linkIdentity } = identitiesSetup();
    const [principal, account] = [await aSignedInUser(), anExternalAccount()];
    const identity = await anIdentityOf(principal, { issuer: account.issuer, subject: account.subject });

    expect(await linkIdentity.execute(principal, account)).toEqual({ ...identity, provider: 'acme' });
    expect(jobs.enqueued).toEqual([]);
  });

  it("refuses somebody else's external account", async () => {
    const { aSignedInUser, identities, linkIdentity } = identitiesSetup();
    const account = anExternalAccount();
    await identities.add(anIdentity({ issuer: account.issuer, subject: account.subject }));

    await expect(linkIdentity.execute(await aSignedInUser(), account)).rejects.toThrow(IdentityLinkedElsewhere);
  });
});
