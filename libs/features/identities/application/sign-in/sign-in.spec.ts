import { describe, expect, it } from 'vitest';
import { AccountDisabled } from '#features/accounts/index.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { IdentityNotLinked, SignInContended } from '../../domain/identity.errors.js';
import { anExternalAccount, anIdentity } from '../../testing/identity.factory.js';
import { CLIENT, signInOnMemory } from '../../testing/sign-in-flow.js';

describe('a sign-in at a provider', () => {
  it('begins a session of the account it leads to, the first time and later', async () => {
    const { users, sessions, signIn } = signInOnMemory();
    const account = anExternalAccount();

    expect(await signIn.execute(account, CLIENT)).toBe(sessions.tokens);
    await signIn.execute({ ...account, email: 'moved@example.test', isEmailVerified: false }, CLIENT);

    const user = await users.findByEmail(account.email!);
    expect(sessions.begun).toEqual([
      [user?.id, CLIENT],
      [user?.id, CLIENT],
    ]);
  });

  it('begins nothing when it leads nowhere', async () => {
    const { sessions, signIn } = signInOnMemory();

    await expect(signIn.execute(anExternalAccount({ isEmailVerified: false }), CLIENT)).rejects.toThrow(
      IdentityNotLinked,
    );
    expect(sessions.begun).toEqual([]);
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

describe('a sign-in during which another one links the same external account', () => {
  it('begins a session as well', async () => {
    const { users, identities, sessions, signIn } = signInOnMemory();
    const [user, account] = [aUser(), anExternalAccount()];
    await users.add({ ...user, email: account.email! });
    const find = identities.find.bind(identities);
    identities.find = async (key) => {
      identities.find = find;
      const found = await find(key);
      await identities.add(anIdentity({ userId: user.id, issuer: account.issuer, subject: account.subject }));
      return found;
    };

    expect(await signIn.execute(account, CLIENT)).toBe(sessions.tokens);
    expect(sessions.begun).toEqual([[user.id, CLIENT]]);
  });

  it('asks the client to come again when others were quicker three times', async () => {
    const { users, identities, sessions, signIn } = signInOnMemory();
    const account = anExternalAccount();
    await users.add(aUser({ email: account.email! }));
    await identities.add(anIdentity({ issuer: account.issuer, subject: account.subject }));
    let times = 0;
    identities.find = async () => {
      times += 1;
      return null;
    };

    const attempt = signIn.execute(account, CLIENT);

    await expect(attempt).rejects.toThrow(SignInContended);
    await expect(attempt).rejects.toMatchObject({ retryAfterSeconds: 1 });
    expect([times, sessions.begun]).toEqual([3, []]);
  });
});
