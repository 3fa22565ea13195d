import { describe, expect, it } from 'vitest';
import { EmailNotVerified, InvalidCredentials, PasswordChecksBusy, SignInThrottled } from '../../domain/user.errors.js';
import { signInSetup } from '../../testing/sign-in-setup.js';
import { anEmail, aRegistration } from '../../testing/user.factory.js';

const BROWSER = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };
const RIGHT = 'correct horse';

describe('signing in', () => {
  it('begins a session', async () => {
    const { aStoredUser, sessions, signIn } = signInSetup();
    const { id, email } = await aStoredUser();

    expect(await signIn.execute({ email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
    expect(sessions.begun).toEqual([[id, BROWSER]]);
  });

  it('begins nothing with a wrong password, or while the address is not verified', async () => {
    const { aStoredUser, registrations, sessions, signIn } = signInSetup();
    const [{ email }, registration] = [await aStoredUser(), aRegistration()];
    await registrations.add(registration);

    await expect(signIn.execute({ email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);
    await expect(signIn.execute({ email: registration.email, password: RIGHT }, BROWSER)).rejects.toThrow(
      EmailNotVerified,
    );
    expect(sessions.begun).toEqual([]);
  });

  it('begins nothing when the password changes while it is being checked', async () => {
    const { aStoredUser, users, hasher, sessions, signIn } = signInSetup();
    const { id, email } = await aStoredUser();
    hasher.meanwhile = () => users.update(id, (current) => ({ ...current, passwordHash: 'hash of another' }));

    await expect(signIn.execute({ email, password: RIGHT }, BROWSER)).rejects.toThrow(InvalidCredentials);
    expect(sessions.begun).toEqual([]);
  });
});

describe('the throttle', () => {
  it('is asked before anything is looked up or computed', async () => {
    const { hasher, throttle, signIn } = signInSetup();
    throttle.isRefusing = true;

    await expect(signIn.execute({ email: anEmail(), password: RIGHT }, BROWSER)).rejects.toThrow(SignInThrottled);
    expect(hasher.compared).toEqual([]);
  });

  it('counts every attempt once, and learns of success only when a session has begun', async () => {
    const { aStoredUser, registrations, throttle, signIn } = signInSetup();
    const [user, disabled, registration] = [
      await aStoredUser(),
      await aStoredUser({ status: 'disabled' }),
      aRegistration(),
    ];
    await registrations.add(registration);
    const emails = [user.email, disabled.email, registration.email, anEmail()];

    for (const email of emails) await signIn.execute({ email, password: RIGHT }, BROWSER).catch(() => undefined);
    await expect(signIn.execute({ email: user.email, password: 'wrong' }, BROWSER)).rejects.toThrow(InvalidCredentials);

    expect(throttle.begun).toEqual([...emails, user.email].map((email) => [email, BROWSER.ipAddress]));
    expect(throttle.successes).toEqual([[user.email, BROWSER.ipAddress]]);
  });
});

describe('an outdated hash', () => {
  const passwordHash = `old hash of ${RIGHT}`;

  it('fails no sign-in for which there is no time to replace it', async () => {
    const { aStoredUser, hasher, sessions, signIn } = signInSetup();
    const { email } = await aStoredUser({ passwordHash });
    hasher.hash = () => Promise.reject(new PasswordChecksBusy());

    expect(await signIn.execute({ email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
  });

  it('fails no sign-in during which another one replaces it', async () => {
    const { aStoredUser, users, hasher, sessions, signIn } = signInSetup();
    const { id, email } = await aStoredUser({ passwordHash });
    hasher.meanwhile = () => users.update(id, (current) => ({ ...current, passwordHash: `hash of ${RIGHT}` }));

    expect(await signIn.execute({ email, password: RIGHT }, BROWSER)).toBe(sessions.tokens);
  });
});
