import { describe, expect, it } from '@jest/globals';
import { SignInCodeInvalid } from '../../domain/identity.errors.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { CLIENT, PKCE, signInFlow, signInOnMemory } from '../../testing/sign-in-flow.js';
import { ExchangeCode } from './exchange-code.js';
import { RedeemCode } from './redeem-code.js';

function setup() {
  const { clock, spentProofs, cipher, aCodeFor } = signInFlow();
  const { users, sessions, signIn } = signInOnMemory();
  return {
    clock,
    users,
    sessions,
    aCodeFor,
    exchangeCode: new ExchangeCode(new RedeemCode(cipher, spentProofs, clock), signIn),
  };
}

describe('a code', () => {
  const { codeVerifier } = PKCE;

  it('signs in whom the provider has confirmed', async () => {
    const { users, sessions, exchangeCode, aCodeFor } = setup();
    const account = anExternalAccount({ name: 'Grace' });

    await exchangeCode.execute({ code: await aCodeFor(account), codeVerifier }, CLIENT);

    const user = await users.findByEmail(account.email!);
    expect(user).toMatchObject({ name: 'Grace' });
    expect(sessions.begun).toEqual([[user!.id, CLIENT]]);
  });

  it('works until a minute has passed', async () => {
    const { clock, sessions, exchangeCode, aCodeFor } = setup();
    const [inTime, late] = [await aCodeFor(anExternalAccount()), await aCodeFor(anExternalAccount())];

    clock.pass(59);
    await expect(exchangeCode.execute({ code: inTime, codeVerifier }, CLIENT)).resolves.toBe(sessions.tokens);
    clock.pass(1);
    await expect(exchangeCode.execute({ code: late, codeVerifier }, CLIENT)).rejects.toThrow(SignInCodeInvalid);
  });

  it('works once', async () => {
    const { exchangeCode, aCodeFor } = setup();
    const code = await aCodeFor(anExternalAccount());
    await exchangeCode.execute({ code, codeVerifier }, CLIENT);

    await expect(exchangeCode.execute({ code, codeVerifier }, CLIENT)).rejects.toThrow(SignInCodeInvalid);
  });

  it('is spent when somebody presents it without its verifier', async () => {
    const { exchangeCode, aCodeFor } = setup();
    const code = await aCodeFor(anExternalAccount());

    for (const verifier of ['x'.repeat(43), PKCE.codeChallenge, codeVerifier]) {
      await expect(exchangeCode.execute({ code, codeVerifier: verifier }, CLIENT)).rejects.toThrow(SignInCodeInvalid);
    }
  });

  it('shows nothing of whom it is about', async () => {
    const { aCodeFor } = signInFlow();
    const account = anExternalAccount();

    const read = Buffer.from(await aCodeFor(account), 'base64url').toString('latin1');

    for (const value of [account.subject, account.email!, account.issuer, 'subject']) expect(read).not.toContain(value);
  });
});
