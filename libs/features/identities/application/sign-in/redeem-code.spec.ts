import { describe, expect, it } from 'vitest';
import { SignInCodeInvalid } from '../../domain/identity.errors.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { PKCE, signInFlow } from '../../testing/sign-in-flow.js';

describe('a code', () => {
  const { codeVerifier } = PKCE;

  it('tells whom the provider has confirmed', async () => {
    const { redeemCode, aCodeFor } = signInFlow();
    const account = anExternalAccount({ name: 'Grace' });

    expect(await redeemCode.execute({ code: await aCodeFor(account), codeVerifier })).toEqual(account);
  });

  it('works until a minute has passed', async () => {
    const { clock, redeemCode, aCodeFor } = signInFlow();
    const [inTime, late] = [await aCodeFor(anExternalAccount()), await aCodeFor(anExternalAccount())];

    clock.pass(59);
    await expect(redeemCode.execute({ code: inTime, codeVerifier })).resolves.toBeDefined();
    clock.pass(1);
    await expect(redeemCode.execute({ code: late, codeVerifier })).rejects.toThrow(SignInCodeInvalid);
  });

  it('works once', async () => {
    const { redeemCode, aCodeFor } = signInFlow();
    const code = await aCodeFor(anExternalAccount());
    await redeemCode.execute({ code, codeVerifier });

    await expect(redeemCode.execute({ code, codeVerifier })).rejects.toThrow(SignInCodeInvalid);
  });

  it('is spent when somebody presents it without its verifier', async () => {
    const { redeemCode, aCodeFor } = signInFlow();
    const code = await aCodeFor(anExternalAccount());

    for (const verifier of ['x'.repeat(43), PKCE.codeChallenge, codeVerifier]) {
      await expect(redeemCode.execute({ code, codeVerifier: verifier })).rejects.toThrow(SignInCodeInvalid);
    }
  });

  it('is refused when we did not make it', async () => {
    await expect(signInFlow().redeemCode.execute({ code: 'nonsense', codeVerifier })).rejects.toThrow(
      SignInCodeInvalid,
    );
  });

  it('shows nothing of whom it is about', async () => {
    const { aCodeFor } = signInFlow();
    const account = anExternalAccount();

    const read = Buffer.from(await aCodeFor(account), 'base64url').toString('latin1');

    for (const value of [account.subject, account.email!, account.issuer, 'subject']) expect(read).not.toContain(value);
  });
});
