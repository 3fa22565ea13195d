import { describe, expect, it } from 'vitest';
import { OidcProviderUnavailable, OidcStateInvalid } from '../../domain/identity.errors.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { REDIRECT_URI, signInFlow } from '../../testing/sign-in-flow.js';

describe('a state', () => {
  it('works until ten minutes have passed', async () => {
    const { clock, finishSignIn, comeBackAs } = signInFlow();
    const [inTime, late] = [await comeBackAs(anExternalAccount()), await comeBackAs(anExternalAccount())];

    clock.pass(599);
    await expect(finishSignIn.execute(inTime)).resolves.toHaveProperty('code');
    clock.pass(1);
    await expect(finishSignIn.execute(late)).rejects.toThrow(OidcStateInvalid);
  });

  it('works once', async () => {
    const { finishSignIn, comeBackAs } = signInFlow();
    const answer = await comeBackAs(anExternalAccount());
    await finishSignIn.execute(answer);

    await expect(finishSignIn.execute(answer)).rejects.toThrow(OidcStateInvalid);
  });

  it('works once when many try at the same time', async () => {
    const { finishSignIn, comeBackAs } = signInFlow();
    const answer = await comeBackAs(anExternalAccount());

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => finishSignIn.execute(answer)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not spent by somebody in another browser', async () => {
    const { finishSignIn, comeBackAs } = signInFlow();
    const answer = await comeBackAs(anExternalAccount());

    await expect(finishSignIn.execute({ ...answer, browser: 'another' })).rejects.toThrow(OidcStateInvalid);
    await expect(finishSignIn.execute(answer)).resolves.toHaveProperty('code');
  });

  it('belongs to one provider', async () => {
    const { finishSignIn, comeBackAs } = signInFlow();

    await expect(
      finishSignIn.execute({ ...(await comeBackAs(anExternalAccount())), provider: 'other' }),
    ).rejects.toThrow(OidcStateInvalid);
  });

  it('sends the browser back with an error when the provider fails', async () => {
    const { providers, finishSignIn, comeBackAs } = signInFlow();
    const answer = await comeBackAs(anExternalAccount());
    providers.failure = new OidcProviderUnavailable();

    expect(await finishSignIn.execute(answer)).toEqual({
      redirectUri: REDIRECT_URI,
      error: providers.failure,
    });
  });
});
