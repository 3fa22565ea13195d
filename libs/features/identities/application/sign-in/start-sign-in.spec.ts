import { describe, expect, it } from 'vitest';
import { RedirectUriNotAllowed } from '../../domain/identity.errors.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { BROWSER, PKCE, REDIRECT_URI, signInFlow } from '../../testing/sign-in-flow.js';

describe('a redirect URI', () => {
  it('has to be on the list', async () => {
    const { startSignIn } = signInFlow();
    const start = async (redirectUri: string) =>
      startSignIn.execute({ provider: 'acme', redirectUri, codeChallenge: PKCE.codeChallenge }, () => BROWSER);

    await expect(start(`${REDIRECT_URI}/`)).rejects.toThrow(RedirectUriNotAllowed);
    await expect(start(REDIRECT_URI)).resolves.toContain('state=');
  });
});

describe('a state', () => {
  it('is different each time, as is what goes with it', async () => {
    const { providers, comeBackAs } = signInFlow();
    await comeBackAs(anExternalAccount());
    await comeBackAs(anExternalAccount());

    const values = providers.asked.flatMap(({ state, nonce, codeVerifier }) => [state, nonce, codeVerifier]);
    expect(new Set(values).size).toBe(6);
  });
});
