import { expect, it } from 'vitest';
import { SignInCodeInvalid } from '../../domain/identity.errors.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { CLIENT, PKCE, signInFlow, signInOnMemory } from '../../testing/sign-in-flow.js';
import { ExchangeCode } from './exchange-code.js';

function setup() {
  const { redeemCode, aCodeFor } = signInFlow();
  const { users, sessions, signIn } = signInOnMemory();
  return { users, sessions, aCodeFor, exchangeCode: new ExchangeCode(redeemCode, signIn) };
}

it('signs in whom the provider has confirmed', async () => {
  const { users, sessions, exchangeCode, aCodeFor } = setup();
  const account = anExternalAccount({ name: 'Grace' });
  const code = await aCodeFor(account);

  expect(await exchangeCode.execute({ code, codeVerifier: PKCE.codeVerifier }, CLIENT)).toBe(sessions.tokens);

  const user = await users.findByEmail(account.email!);
  expect(user).toMatchObject({ name: 'Grace' });
  expect(sessions.begun).toEqual([[user!.id, CLIENT]]);
});

it('signs nobody in without the verifier', async () => {
  const { sessions, exchangeCode, aCodeFor } = setup();
  const code = await aCodeFor(anExternalAccount());

  await expect(exchangeCode.execute({ code, codeVerifier: 'x'.repeat(43) }, CLIENT)).rejects.toThrow(SignInCodeInvalid);
  expect(sessions.begun).toEqual([]);
});
