import { describe, expect, it } from '@jest/globals';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import {
  AccountDisabled,
  EmailNotVerified,
  InvalidCredentials,
  PasswordChecksBusy,
  SignInThrottled,
} from '../../domain/user.errors.js';
import { InMemoryAccountsRepository } from '../../testing/in-memory-accounts.repository.js';
import { InMemoryCredentialsRepository } from '../../testing/in-memory-credentials.repository.js';
import { InMemoryRegistrationsRepository } from '../../testing/in-memory-registrations.repository.js';
import { PlainPasswordHasher } from '../../testing/plain-password-hasher.js';
import { RecordedSignInThrottle } from '../../testing/recorded-sign-in-throttle.js';
import { anEmail, aRegistration, aUser } from '../../testing/user.factory.js';
import type { PasswordMatch } from '../passwords/password-hasher.js';
import { VerifyCredentials } from '../passwords/verify-credentials.js';
import { SignInWithPassword } from './sign-in-with-password.js';

const BROWSER = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };
const RIGHT = 'correct horse';

/** Lets something happen while a password is being checked. */
class InterruptedHasher extends PlainPasswordHasher {
  compared: (string | null)[] = [];
  meanwhile: () => Promise<unknown> = async () => undefined;

  override async compare(password: string, hash: string | null): Promise<PasswordMatch> {
    this.compared.push(hash);
    await this.meanwhile();
    return super.compare(password, hash);
  }
}

function setup() {
  const users = new InMemoryAccountsRepository();
  const registrations = new InMemoryRegistrationsRepository();
  const hasher = new InterruptedHasher();
  const sessions = new RecordedSessions();
  const throttle = new RecordedSignInThrottle();
  const credentials = new InMemoryCredentialsRepository(users, registrations);
  const signIn = new SignInWithPassword(
    throttle,
    new VerifyCredentials(credentials, hasher, new StoppedClock()),
    credentials,
    sessions,
  );
  return { users, registrations, hasher, sessions, throttle, signIn };
}

describe('logging in', () => {
  it('begins a session', async () => {
    const { users, sessions, signIn } = setup();
    const user = aUser();
    await users.add(user);

    expect(await signIn.execute({ email: user.email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
    expect(sessions.begun).toEqual([[user.id, BROWSER]]);
  });

  it.each(['wrong', ` ${RIGHT}`, RIGHT.toUpperCase(), ''])(
    'refuses %j: a password is compared exactly as it was sent',
    async (password) => {
      const { users, sessions, signIn } = setup();
      const user = aUser();
      await users.add(user);

      await expect(signIn.execute({ email: user.email, password }, BROWSER)).rejects.toThrow(InvalidCredentials);
      expect(sessions.begun).toEqual([]);
    },
  );

  it('does the work of two password checks for whatever is wrong, whether or not there is an account or a registration', async () => {
    const { users, registrations, hasher, signIn } = setup();
    const [known, elsewhere, waiting] = [aUser(), aUser({ passwordHash: null }), aRegistration()];
    for (const user of [known, elsewhere]) await users.add(user);
    await registrations.add(waiting);

    for (const { email } of [known, elsewhere, waiting, { email: anEmail() }]) {
      await expect(signIn.execute({ email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);
    }

    expect(hasher.compared).toEqual([known.passwordHash, null, null, null, null, waiting.passwordHash, null, null]);
  });

  it('tells that the address is not verified to those who know the password, and to nobody else', async () => {
    const { registrations, signIn } = setup();
    const { email, ...registration } = aRegistration();
    await registrations.add({ ...registration, email });

    await expect(signIn.execute({ email, password: RIGHT }, BROWSER)).rejects.toThrow(EmailNotVerified);
    await expect(signIn.execute({ email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);
  });

  it('tells that the account is disabled to those who know the password, and to nobody else', async () => {
    const { users, signIn } = setup();
    const user = aUser({ status: 'disabled' });
    await users.add(user);

    await expect(signIn.execute({ email: user.email, password: RIGHT }, BROWSER)).rejects.toThrow(AccountDisabled);
    await expect(signIn.execute({ email: user.email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);
  });

  it('begins nothing when the password changes while it is being checked', async () => {
    const { users, hasher, sessions, signIn } = setup();
    const user = aUser();
    await users.add(user);
    hasher.meanwhile = () => users.update(user.id, (current) => ({ ...current, passwordHash: 'hash of another' }));

    await expect(signIn.execute({ email: user.email, password: RIGHT }, BROWSER)).rejects.toThrow(InvalidCredentials);
    expect(sessions.begun).toEqual([]);
  });
});

describe('the throttle', () => {
  it('is asked before anything is looked up or computed', async () => {
    const { hasher, throttle, signIn } = setup();
    throttle.isRefusing = true;

    await expect(signIn.execute({ email: anEmail(), password: RIGHT }, BROWSER)).rejects.toThrow(SignInThrottled);
    expect(hasher.compared).toEqual([]);
  });

  it('counts every attempt once, and learns of success only when a session has begun', async () => {
    const { users, registrations, throttle, signIn } = setup();
    const [user, disabled, registration] = [aUser(), aUser({ status: 'disabled' }), aRegistration()];
    for (const each of [user, disabled]) await users.add(each);
    await registrations.add(registration);
    const emails = [user.email, disabled.email, registration.email, anEmail()];

    for (const email of emails) await signIn.execute({ email, password: RIGHT }, BROWSER).catch(() => undefined);
    await expect(signIn.execute({ email: user.email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);

    expect(throttle.begun).toEqual([...emails, user.email].map((email) => [email, BROWSER.ipAddress]));
    expect(throttle.successes).toEqual([[user.email, BROWSER.ipAddress]]);
  });
});

describe('an outdated hash', () => {
  const OUTDATED = `old hash of ${RIGHT}`;

  it('is replaced when the password is right, and only then', async () => {
    const { users, signIn } = setup();
    const user = aUser({ passwordHash: OUTDATED });
    await users.add(user);

    await expect(signIn.execute({ email: user.email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);
    expect(await users.findById(user.id)).toEqual(user);
    await signIn.execute({ email: user.email, password: RIGHT }, BROWSER);

    expect(await users.findById(user.id)).toEqual({ ...user, passwordHash: `hash of ${RIGHT}` });
  });

  it('waits for another sign-in when there is no time', async () => {
    const { users, hasher, sessions, signIn } = setup();
    const user = aUser({ passwordHash: OUTDATED });
    await users.add(user);
    hasher.hash = () => Promise.reject(new PasswordChecksBusy());

    expect(await signIn.execute({ email: user.email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
    expect((await users.findById(user.id))?.passwordHash).toBe(OUTDATED);
  });

  it('fails no sign-in during which another one replaces it', async () => {
    const { users, hasher, sessions, signIn } = setup();
    const user = aUser({ passwordHash: OUTDATED });
    await users.add(user);
    hasher.meanwhile = () => users.update(user.id, (current) => ({ ...current, passwordHash: `hash of ${RIGHT}` }));

    expect(await signIn.execute({ email: user.email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
  });
});
