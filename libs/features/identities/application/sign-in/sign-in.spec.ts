import { describe, expect, it } from '@jest/globals';
import { AccountDisabled } from '#features/accounts/index.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { IdentityNotLinked } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { CLIENT, signInOnMemory } from '../../testing/sign-in-flow.js';

describe('a first sign-in', () => {
  it('makes an account without a password, whose address is verified', async () => {
    const { users, jobs, sessions, signIn } = signInOnMemory();
    const account = anExternalAccount({ email: 'Ada@Example.test' });

    expect(await signIn.execute(account, CLIENT)).toBe(sessions.tokens);

    const user = await users.findByEmail('ada@example.test');
    expect(user).toMatchObject({
      id: sessions.begun[0]?.[0],
      name: 'Ada',
      passwordHash: null,
      emailVerifiedAt: expect.any(Date),
    });
    expect(jobs.enqueued).toEqual([]);
  });

  it('links the account that has verified the same address, and says so in the audit and to its owner', async () => {
    const { users, identities, audit, jobs, sessions, signIn } = signInOnMemory();
    const [user, account] = [aUser(), anExternalAccount()];
    await users.add({ ...user, email: account.email! });

    await signIn.execute(account, CLIENT);

    expect(sessions.begun).toEqual([[user.id, CLIENT]]);
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
  ])('leads nowhere when %s', async (_why, overrides, isKnown) => {
    const { users, sessions, signIn } = signInOnMemory();
    const account = anExternalAccount(overrides);
    if (isKnown) await users.add(aUser({ email: account.email! }));

    await expect(signIn.execute(account, CLIENT)).rejects.toThrow(IdentityNotLinked);

    expect(sessions.begun).toEqual([]);
    if (!isKnown && account.email) expect(await users.findByEmail(account.email)).toBeNull();
  });

  it('leads nowhere when the address is not verified here: a stranger may have registered it', async () => {
    const { users, signIn } = signInOnMemory();
    const account = anExternalAccount();
    await users.add(aUser({ email: account.email!, emailVerifiedAt: null }));

    await expect(signIn.execute(account, CLIENT)).rejects.toThrow(IdentityNotLinked);
  });
});

describe('a later sign-in', () => {
  it('leads to the same account, whatever has become of the address', async () => {
    const { sessions, signIn } = signInOnMemory();
    const account = anExternalAccount();
    await signIn.execute(account, CLIENT);

    await signIn.execute({ ...account, email: 'moved@example.test', isEmailVerified: false }, CLIENT);

    expect(sessions.begun[1]?.[0]).toBe(sessions.begun[0]?.[0]);
  });

  it('is refused when the account is disabled', async () => {
    const { users, sessions, signIn } = signInOnMemory();
    const account = anExternalAccount();
    await signIn.execute(account, CLIENT);
    await users.update(sessions.begun[0]![0], (user) => ({ ...user, status: 'disabled' }));

    await expect(signIn.execute(account, CLIENT)).rejects.toThrow(AccountDisabled);
    expect(sessions.begun).toHaveLength(1);
  });
});
