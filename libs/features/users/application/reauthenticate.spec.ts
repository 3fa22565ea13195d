import { describe, expect, it } from '@jest/globals';
import { aPrincipal } from '#platform/testing/http-app.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { CurrentPasswordWrong, PasswordNotSet, ReauthenticationRequired } from '../domain/user.errors.js';
import type { User } from '../domain/user.js';
import { InMemoryUsersRepository } from '../testing/in-memory-users.repository.js';
import { PlainPasswordHasher } from '../testing/plain-password-hasher.js';
import { aUser } from '../testing/user.factory.js';
import { CheckCurrentPassword } from './check-current-password.js';
import { Reauthenticate } from './reauthenticate.js';

const PASSWORD = 'correct horse';
const FIVE_MINUTES = 300;

/** A user who signed in just now. */
async function setup(overrides: Partial<User> = {}) {
  const [users, clock, hasher] = [new InMemoryUsersRepository(), new StoppedClock(), new PlainPasswordHasher()];
  const user = aUser({ passwordHash: await hasher.hash(PASSWORD), ...overrides });
  await users.add(user);
  const principal = aPrincipal({ id: user.id });
  const [sessions, now] = [new RecordedSessions(), clock.now()];
  sessions.open = [{ id: principal.sessionId ?? '', createdAt: now, rotatedAt: now, expiresAt: now, userAgent: null, ipAddress: null }];
  return { clock, principal, reauthenticate: new Reauthenticate(sessions, new CheckCurrentPassword(users, hasher), clock) };
}

describe('Reauthenticate', () => {
  it('is content with a sign-in of a moment ago', async () => {
    const { clock, principal, reauthenticate } = await setup();

    clock.pass(FIVE_MINUTES - 1);

    await expect(reauthenticate.execute(principal, undefined)).resolves.toBeUndefined();
  });

  it('is not content with a session that is older, even when it was refreshed since', async () => {
    const { clock, principal, reauthenticate } = await setup();

    clock.pass(FIVE_MINUTES);

    await expect(reauthenticate.execute(principal, undefined)).rejects.toThrow(ReauthenticationRequired);
  });

  it("does not take somebody's word for another session", async () => {
    const { principal, reauthenticate } = await setup();

    await expect(reauthenticate.execute({ ...principal, sessionId: 'another' }, undefined)).rejects.toThrow(ReauthenticationRequired);
  });

  it('takes the password at any time, and checks it whenever it is given', async () => {
    const { clock, principal, reauthenticate } = await setup();

    await expect(reauthenticate.execute(principal, 'wrong')).rejects.toThrow(CurrentPasswordWrong);
    clock.pass(FIVE_MINUTES);

    await expect(reauthenticate.execute(principal, PASSWORD)).resolves.toBeUndefined();
  });

  it('says when there is no password to check', async () => {
    const { principal, reauthenticate } = await setup({ passwordHash: null });

    await expect(reauthenticate.execute(principal, PASSWORD)).rejects.toThrow(PasswordNotSet);
  });
});
