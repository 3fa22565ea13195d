import { describe, expect, it } from '@jest/globals';
import { AccountDisabled, BeginSession, FindOrCreateUserByEmail, WithLockedUser } from '#features/users/index.js';
import { InMemoryUsersRepository } from '#features/users/testing/in-memory-users.repository.js';
import { aUser } from '#features/users/testing/user.factory.js';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { IdentityNotLinked, IdTokenInvalid, OidcProviderUnavailable, OidcStateInvalid, RedirectUriNotAllowed, SignInCodeInvalid } from '../domain/identity.errors.js';
import type { ExternalAccount } from '../domain/identity.js';
import { AesSignInCipher } from '../infrastructure/aes-sign-in-cipher.js';
import { FakeIdentityProviders } from '../testing/fake-identity-providers.js';
import { anExternalAccount } from '../testing/identity.factory.js';
import { InMemoryIdentitiesRepository } from '../testing/in-memory-identities.repository.js';
import { InMemorySpentProofs } from '../testing/in-memory-spent-proofs.js';
import { AfterIdentityChange } from './after-identity-change.js';
import { ExchangeCode } from './exchange-code.js';
import { FindOrLinkUser } from './find-or-link-user.js';
import { FinishSignIn } from './finish-sign-in.js';
import { LinkAccount } from './link-account.js';
import { RedeemCode } from './redeem-code.js';
import { RedeemIdToken } from './redeem-id-token.js';
import { SignIn } from './sign-in.js';
import { SignInWithIdToken } from './sign-in-with-id-token.js';
import { StartSignIn } from './start-sign-in.js';

const REDIRECT_URI = 'https://app.example.test/signed-in';
const CLIENT = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };
const BROWSER = 'the secret of one browser';
// RFC 7636, appendix B.
const PKCE = { codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' };

function setup() {
  const clock = new StoppedClock();
  const [audit, jobs] = [new RecordedAudit(), new RecordedJobs()];
  const providers = new FakeIdentityProviders();
  const users = new InMemoryUsersRepository();
  const identities = new InMemoryIdentitiesRepository();
  const spentProofs = new InMemorySpentProofs();
  const cipher = new AesSignInCipher(loadEnv(aValidEnv()));
  const transaction = { run: <T>(work: () => Promise<T>) => work() };
  const sessions = new RecordedSessions();
  const linkAccount = new LinkAccount(new WithLockedUser(transaction, users), identities, new AfterIdentityChange(jobs, audit), clock);
  const findOrLinkUser = new FindOrLinkUser(identities, new FindOrCreateUserByEmail(users, audit, clock), linkAccount);
  const signIn = new SignIn(transaction, findOrLinkUser, new BeginSession(transaction, users, sessions));
  const finishSignIn = new FinishSignIn(cipher, spentProofs, providers, clock);
  const exchangeCode = new ExchangeCode(new RedeemCode(cipher, spentProofs, clock), signIn);
  const startSignIn = new StartSignIn({ has: (uri) => uri === REDIRECT_URI }, cipher, providers, clock);

  /** A browser goes to the provider and comes back with the provider's code. */
  async function comeBackAs(account: ExternalAccount) {
    await startSignIn.execute({ provider: 'acme', redirectUri: REDIRECT_URI, codeChallenge: PKCE.codeChallenge }, BROWSER);
    const { state, nonce } = providers.asked.at(-1)!;
    providers.knows(account.subject, account, nonce);
    return { provider: 'acme', query: `code=${account.subject}&state=${state}`, state, browser: BROWSER };
  }
  async function aCodeFor(account: ExternalAccount): Promise<string> {
    const outcome = await finishSignIn.execute(await comeBackAs(account));
    if ('error' in outcome) throw outcome.error;
    return outcome.code;
  }
  const signInAs = async (account: ExternalAccount) => exchangeCode.execute({ code: await aCodeFor(account), codeVerifier: PKCE.codeVerifier }, CLIENT);
  const signInWithIdToken = new SignInWithIdToken(new RedeemIdToken(providers, spentProofs), signIn);
  return { clock, audit, jobs, providers, users, identities, sessions, startSignIn, finishSignIn, exchangeCode, signInWithIdToken, comeBackAs, aCodeFor, signInAs };
}

describe('a first sign-in', () => {
  it('makes an account without a password, whose address is verified', async () => {
    const { users, jobs, sessions, signInAs } = setup();
    const account = anExternalAccount({ email: 'Ada@Example.test' });

    expect(await signInAs(account)).toBe(sessions.tokens);

    const user = await users.findByEmail('ada@example.test');
    expect(user).toMatchObject({ id: sessions.begun[0]?.[0], name: 'Ada', passwordHash: null, emailVerifiedAt: expect.any(Date) });
    expect(jobs.enqueued).toEqual([]);
  });

  it('links the account that has verified the same address, and says so in the audit and to its owner', async () => {
    const { users, identities, audit, jobs, sessions, signInAs } = setup();
    const [user, account] = [aUser(), anExternalAccount()];
    await users.add({ ...user, email: account.email! });

    await signInAs(account);

    expect(sessions.begun).toEqual([[user.id, CLIENT]]);
    const [identity] = await identities.listOf(user.id);
    expect(audit.recorded).toEqual([{ type: 'identity.linked', actorId: user.id, subjectId: identity!.id, details: { issuer: account.issuer } }]);
    expect(jobs.enqueued).toEqual([{ name: 'identities.send-changed-email', payload: { userId: user.id, issuer: account.issuer, change: 'linked' } }]);
    expect(JSON.stringify([audit.recorded, jobs.enqueued])).not.toContain(account.email);
  });

  it.each<[string, Partial<ExternalAccount>, boolean]>([
    ['the provider does not vouch for the address', { isEmailVerified: false }, true],
    ['the provider does not vouch for an address that nobody has here', { isEmailVerified: false }, false],
    ['the provider tells no address', { email: null }, false],
  ])('leads nowhere when %s', async (_why, overrides, isKnown) => {
    const { users, sessions, signInAs } = setup();
    const account = anExternalAccount(overrides);
    if (isKnown) await users.add(aUser({ email: account.email! }));

    await expect(signInAs(account)).rejects.toThrow(IdentityNotLinked);

    expect(sessions.begun).toEqual([]);
    if (!isKnown && account.email) expect(await users.findByEmail(account.email)).toBeNull();
  });

  it('leads nowhere when the address is not verified here: a stranger may have registered it', async () => {
    const { users, signInAs } = setup();
    const account = anExternalAccount();
    await users.add(aUser({ email: account.email!, emailVerifiedAt: null }));

    await expect(signInAs(account)).rejects.toThrow(IdentityNotLinked);
  });
});

describe('a later sign-in', () => {
  it('leads to the same account, whatever has become of the address', async () => {
    const { sessions, signInAs } = setup();
    const account = anExternalAccount();
    await signInAs(account);

    await signInAs({ ...account, email: 'moved@example.test', isEmailVerified: false });

    expect(sessions.begun[1]?.[0]).toBe(sessions.begun[0]?.[0]);
  });

  it('is refused when the account is disabled', async () => {
    const { users, sessions, signInAs } = setup();
    const account = anExternalAccount();
    await signInAs(account);
    await users.update(sessions.begun[0]![0], (user) => ({ ...user, status: 'disabled' }));

    await expect(signInAs(account)).rejects.toThrow(AccountDisabled);
    expect(sessions.begun).toHaveLength(1);
  });
});

describe('a state', () => {
  it('works until ten minutes have passed', async () => {
    const { clock, finishSignIn, comeBackAs } = setup();
    const [inTime, late] = [await comeBackAs(anExternalAccount()), await comeBackAs(anExternalAccount())];

    clock.pass(599);
    await expect(finishSignIn.execute(inTime)).resolves.toHaveProperty('code');
    clock.pass(1);
    await expect(finishSignIn.execute(late)).rejects.toThrow(OidcStateInvalid);
  });

  it('works once', async () => {
    const { finishSignIn, comeBackAs } = setup();
    const answer = await comeBackAs(anExternalAccount());
    await finishSignIn.execute(answer);

    await expect(finishSignIn.execute(answer)).rejects.toThrow(OidcStateInvalid);
  });

  it('works once when many try at the same time', async () => {
    const { finishSignIn, comeBackAs } = setup();
    const answer = await comeBackAs(anExternalAccount());

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => finishSignIn.execute(answer)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not spent by somebody in another browser', async () => {
    const { finishSignIn, comeBackAs } = setup();
    const answer = await comeBackAs(anExternalAccount());

    await expect(finishSignIn.execute({ ...answer, browser: 'another' })).rejects.toThrow(OidcStateInvalid);
    await expect(finishSignIn.execute(answer)).resolves.toHaveProperty('code');
  });

  it('belongs to one provider', async () => {
    const { finishSignIn, comeBackAs } = setup();

    await expect(finishSignIn.execute({ ...(await comeBackAs(anExternalAccount())), provider: 'other' })).rejects.toThrow(OidcStateInvalid);
  });

  it('is different each time, as is what goes with it', async () => {
    const { providers, comeBackAs } = setup();
    await comeBackAs(anExternalAccount());
    await comeBackAs(anExternalAccount());

    const values = providers.asked.flatMap(({ state, nonce, codeVerifier }) => [state, nonce, codeVerifier]);
    expect(new Set(values).size).toBe(6);
  });

  it('sends the browser back with an error when the provider fails', async () => {
    const { providers, finishSignIn, comeBackAs } = setup();
    providers.failure = new OidcProviderUnavailable();

    expect(await finishSignIn.execute(await comeBackAs(anExternalAccount()))).toEqual({ redirectUri: REDIRECT_URI, error: providers.failure });
  });
});

describe('a redirect URI', () => {
  it('has to be on the list', async () => {
    const { startSignIn } = setup();
    const start = async (redirectUri: string) => startSignIn.execute({ provider: 'acme', redirectUri, codeChallenge: PKCE.codeChallenge }, BROWSER);

    await expect(start(`${REDIRECT_URI}/`)).rejects.toThrow(RedirectUriNotAllowed);
    await expect(start(REDIRECT_URI)).resolves.toContain('state=');
  });
});

describe('a code', () => {
  const { codeVerifier } = PKCE;

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
    const { aCodeFor } = setup();
    const account = anExternalAccount();

    const read = Buffer.from(await aCodeFor(account), 'base64url').toString('latin1');

    for (const value of [account.subject, account.email!, account.issuer, 'subject']) expect(read).not.toContain(value);
  });
});

describe('an id_token', () => {
  it('works once, with its nonce', async () => {
    const { providers, sessions, signInWithIdToken } = setup();
    providers.knows('token', anExternalAccount(), 'nonce');
    const present = (nonce: string) => signInWithIdToken.execute({ provider: 'acme', idToken: 'token', nonce }, CLIENT);

    await expect(present('another')).rejects.toThrow(IdTokenInvalid);
    await expect(present('nonce')).resolves.toBe(sessions.tokens);
    await expect(present('nonce')).rejects.toThrow(IdTokenInvalid);
  });
});
