import { describe, expect, it } from 'vitest';
import { AccountDisabled, EmailNotVerified, InvalidCredentials, PasswordChecksBusy } from '../../domain/user.errors.js';
import { signInSetup } from '../../testing/sign-in-setup.js';
import { anEmail, aRegistration } from '../../testing/user.factory.js';

const RIGHT = 'correct horse';

it('gives back whose password it is, and the hash it was checked against', async () => {
  const { verifyCredentials, aStoredUser } = signInSetup();
  const { id, email, passwordHash } = await aStoredUser();

  expect(await verifyCredentials.execute(email, RIGHT)).toEqual({
    userId: id,
    passwordHash,
    isDisabled: false,
    registeredHash: null,
  });
});

it.each(['wrong', ` ${RIGHT}`, RIGHT.toUpperCase(), ''])(
  'refuses %j: a password is compared exactly as it was sent',
  async (password) => {
    const { verifyCredentials, aStoredUser } = signInSetup();
    const { email } = await aStoredUser();

    await expect(verifyCredentials.execute(email, password)).rejects.toThrow(InvalidCredentials);
  },
);

it('says for the audit whose password was wrong', async () => {
  const { verifyCredentials, aStoredUser } = signInSetup();
  const { id, email } = await aStoredUser();

  await expect(verifyCredentials.execute(email, 'wrong')).rejects.toMatchObject({ auditSubjectId: id });
});

it('does the work of two password checks for whatever is wrong, whether or not there is an account or a registration', async () => {
  const { verifyCredentials, aStoredUser, registrations, hasher } = signInSetup();
  const [known, elsewhere, waiting] = [await aStoredUser(), await aStoredUser({ passwordHash: null }), aRegistration()];
  await registrations.add(waiting);

  for (const { email } of [known, elsewhere, waiting, { email: anEmail() }]) {
    await expect(verifyCredentials.execute(email, 'wrong')).rejects.toThrow(InvalidCredentials);
  }

  expect(hasher.compared).toEqual([known.passwordHash, null, null, null, null, waiting.passwordHash, null, null]);
});

it('says that the address is not verified after the right password only', async () => {
  const { verifyCredentials, registrations } = signInSetup();
  const registration = aRegistration();
  await registrations.add(registration);

  await expect(verifyCredentials.execute(registration.email, RIGHT)).rejects.toThrow(EmailNotVerified);
  await expect(verifyCredentials.execute(registration.email, 'wrong')).rejects.toThrow(InvalidCredentials);
});

it('says that the account is disabled after the right password only', async () => {
  const { verifyCredentials, aStoredUser } = signInSetup();
  const { email } = await aStoredUser({ status: 'disabled' });

  await expect(verifyCredentials.execute(email, RIGHT)).rejects.toThrow(AccountDisabled);
  await expect(verifyCredentials.execute(email, 'wrong')).rejects.toThrow(InvalidCredentials);
});

describe('an outdated hash', () => {
  const OUTDATED = `old hash of ${RIGHT}`;

  it('is replaced when the password is right, and only then', async () => {
    const { verifyCredentials, aStoredUser, users } = signInSetup();
    const user = await aStoredUser({ passwordHash: OUTDATED });

    await expect(verifyCredentials.execute(user.email, 'wrong')).rejects.toThrow(InvalidCredentials);
    expect(await users.findById(user.id)).toEqual(user);
    const { passwordHash } = await verifyCredentials.execute(user.email, RIGHT);

    expect(passwordHash).toBe(`hash of ${RIGHT}`);
    expect(await users.findById(user.id)).toEqual({ ...user, passwordHash });
  });

  it('waits for another sign-in when there is no time', async () => {
    const { verifyCredentials, aStoredUser, users, hasher } = signInSetup();
    const user = await aStoredUser({ passwordHash: OUTDATED });
    hasher.hash = () => Promise.reject(new PasswordChecksBusy());

    expect(await verifyCredentials.execute(user.email, RIGHT)).toMatchObject({ passwordHash: OUTDATED });
    expect((await users.findById(user.id))?.passwordHash).toBe(OUTDATED);
  });
});
