import { describe, expect, it } from 'vitest';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { IdentityNotLinked } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { anExternalAccount } from '../../testing/identity.factory.js';

describe('an external account that comes for the first time', () => {
  it('gets an account without a password, whose address is verified', async () => {
    const { users, identities, jobs, findOrLinkUser } = identitiesSetup();
    const account = anExternalAccount({ email: 'Ada@Example.test' });

    const userId = await findOrLinkUser.execute(account);

    const user = await users.findByEmail('ada@example.test');
    expect(user).toMatchObject({
      id: userId,
      name: 'Ada',
      passwordHash: null,
      emailVerifiedAt: expect.any(Date),
    });
    expect(await identities.listOf(userId)).toMatchObject([{ subject: account.subject }]);
    expect(jobs.enqueued).toEqual([]);
  });

  it('is linked to the account that has verified the same address, which its owner and the audit are told', async () => {
    const { users, identities, audit, jobs, findOrLinkUser } = identitiesSetup();
    const [user, account] = [aUser(), anExternalAccount()];
    await users.add({ ...user, email: account.email! });

    expect(await findOrLinkUser.execute(account)).toBe(user.id);

    const [identity] = await identities.listOf(user.id);
    expect(audit.recorded).toEqual([
      { type: 'identity.linked', actorId: user.id, subjectId: identity!.id, details: { issuer: account.issuer } },
    ]);
    expect(jobs.enqueued).toEqual([
      { name: 'identities.send-changed-email', payload: { userId: user.id, issuer: account.issuer, change: 'linked' } },
    ]);
    expect(JSON.stringify([audit.recorded, jobs.enqueued])).not.toContain(account.email);
  });

  it.each<[string, Partial<ExternalAccount>, boolean]>([
    ['the provider does not vouch for the address', { isEmailVerified: false }, true],
    ['the provider does not vouch for an address that nobody has here', { isEmailVerified: false }, false],
    ['the provider tells no address', { email: null }, false],
  ])('is refused when %s', async (_why, overrides, isKnown) => {
    const { users, identities, findOrLinkUser } = identitiesSetup();
    const account = anExternalAccount(overrides);
    if (isKnown) await users.add(aUser({ email: account.email! }));

    await expect(findOrLinkUser.execute(account)).rejects.toThrow(IdentityNotLinked);

    expect(await identities.find(account)).toBeNull();
    if (!isKnown && account.email) expect(await users.findByEmail(account.email)).toBeNull();
  });

  it('is refused when the address is not verified here: a stranger may have registered it', async () => {
    const { users, identities, findOrLinkUser } = identitiesSetup();
    const account = anExternalAccount();
    await users.add(aUser({ email: account.email!, emailVerifiedAt: null }));

    await expect(findOrLinkUser.execute(account)).rejects.toThrow(IdentityNotLinked);
    expect(await identities.find(account)).toBeNull();
  });
});

describe('an external account that is known', () => {
  it('leads to the same account, whatever has become of the address', async () => {
    const { findOrLinkUser } = identitiesSetup();
    const account = anExternalAccount();
    const userId = await findOrLinkUser.execute(account);

    const moved = { ...account, email: 'moved@example.test', isEmailVerified: false };

    expect(await findOrLinkUser.execute(moved)).toBe(userId);
  });
});
