import { BeginSession } from '#features/accounts/index.js';
import { loadEnv } from '#platform/config/load-env.js';
import { RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { FinishSignIn, type ProviderAnswer } from '../application/sign-in/finish-sign-in.js';
import { RedeemCode } from '../application/sign-in/redeem-code.js';
import { SignIn } from '../application/sign-in/sign-in.js';
import { StartSignIn } from '../application/sign-in/start-sign-in.js';
import type { ExternalAccount } from '../domain/identity.js';
import { AesSignInCipher } from '../infrastructure/aes-sign-in-cipher.js';
import { FakeIdentityProviders } from './fake-identity-providers.js';
import { identitiesSetup } from './identities-setup.js';
import { InMemorySpentProofs } from './in-memory-spent-proofs.js';

export const REDIRECT_URI = 'https://app.example.test/signed-in';
export const CLIENT = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };
export const BROWSER = 'the secret of one browser';
// RFC 7636, appendix B.
export const PKCE = {
  codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

/** The way of a browser to the provider `acme` and back. Nobody is signed in by it. */
export function signInFlow() {
  const [clock, providers, spentProofs] = [new StoppedClock(), new FakeIdentityProviders(), new InMemorySpentProofs()];
  const cipher = new AesSignInCipher(loadEnv(aValidEnv()));
  const startSignIn = new StartSignIn({ has: (uri) => uri === REDIRECT_URI }, cipher, providers, clock);
  const finishSignIn = new FinishSignIn(cipher, spentProofs, providers, clock);
  const redeemCode = new RedeemCode(cipher, spentProofs, clock);

  /** What the browser brings back when somebody has signed in at the provider. */
  async function comeBackAs(account: ExternalAccount): Promise<ProviderAnswer> {
    await startSignIn.execute(
      { provider: 'acme', redirectUri: REDIRECT_URI, codeChallenge: PKCE.codeChallenge },
      () => BROWSER,
    );
    const { state, nonce } = providers.asked.at(-1)!;
    providers.knows(account.subject, account, nonce);
    return { provider: 'acme', query: `code=${account.subject}&state=${state}`, state, browser: BROWSER };
  }

  /** What the client gets for it. */
  async function aCodeFor(account: ExternalAccount): Promise<string> {
    const outcome = await finishSignIn.execute(await comeBackAs(account));
    if ('error' in outcome) throw outcome.error;
    return outcome.code;
  }
  return { clock, providers, startSignIn, finishSignIn, redeemCode, comeBackAs, aCodeFor };
}

/** From a proven external account to a session, and what comes of it. */
export function signInOnMemory() {
  const setup = identitiesSetup();
  const { transaction, findOrLinkUser, users } = setup;
  const sessions = new RecordedSessions();
  return {
    ...setup,
    sessions,
    signIn: new SignIn(transaction, findOrLinkUser, new BeginSession(transaction, users, sessions)),
  };
}
