import { describe, expect, it } from 'vitest';
import { CurrentPasswordWrong, ResetTokenInvalid, UserNotFound } from '../../domain/user.errors.js';
import { passwordsSetup } from '../../testing/passwords-setup.js';
import { aUser } from '../../testing/user.factory.js';

const passwordHash = 'hash of another';
const byCurrentPassword = { passwordHash, resetId: null, keepSessionId: 'this one' };

describe('replacing a password that was just checked', () => {
  it('stores the new one, voids every mailed link and ends the other sessions', async () => {
    const { replacePassword, aStoredUser, aMailedToken, findReset, users, sessions, audit } = passwordsSetup();
    const user = await aStoredUser();
    const token = await aMailedToken(user.email);

    await replacePassword.execute(user, byCurrentPassword);

    expect(await users.findById(user.id)).toMatchObject({ passwordHash });
    await expect(findReset.execute(token)).rejects.toThrow(ResetTokenInvalid);
    expect([sessions.ended, audit.recorded]).toMatchObject([[[user.id, 'this one']], [{ type: 'password.changed' }]]);
  });

  it('changes nothing when the user has another password by now, and leaves mailed links usable', async () => {
    const { replacePassword, aStoredUser, aMailedToken, findReset, users, sessions } = passwordsSetup();
    const user = await aStoredUser();
    const token = await aMailedToken(user.email);

    await expect(
      replacePassword.execute({ ...user, passwordHash: 'hash of an older one' }, byCurrentPassword),
    ).rejects.toThrow(CurrentPasswordWrong);

    expect([await users.findById(user.id), sessions.ended]).toEqual([user, []]);
    await expect(findReset.execute(token)).resolves.toBeDefined();
  });

  it('finds no user who is gone', async () => {
    await expect(passwordsSetup().replacePassword.execute(aUser(), byCurrentPassword)).rejects.toThrow(UserNotFound);
  });
});

describe('replacing a password by a mailed link', () => {
  it('does not ask what the password was, verifies the address and ends every session', async () => {
    const { replacePassword, aStoredUser, aMailedToken, users, sessions, clock, audit } = passwordsSetup();
    const user = await aStoredUser({ emailVerifiedAt: null });
    const resetId = await aMailedToken(user.email);

    await replacePassword.execute(
      { ...user, passwordHash: 'hash of an older one' },
      { passwordHash, resetId, keepSessionId: null },
    );

    expect(await users.findById(user.id)).toMatchObject({ passwordHash, emailVerifiedAt: clock.now() });
    expect([sessions.ended, audit.recorded]).toMatchObject([[[user.id, null]], [{ type: 'password.reset' }]]);
  });

  it('changes nothing when the link was used before', async () => {
    const { replacePassword, aStoredUser, aMailedToken, users } = passwordsSetup();
    const user = await aStoredUser();
    const resetId = await aMailedToken(user.email);
    await replacePassword.execute(user, { passwordHash, resetId, keepSessionId: null });

    await expect(
      replacePassword.execute(user, { passwordHash: 'hash of a third', resetId, keepSessionId: null }),
    ).rejects.toThrow(ResetTokenInvalid);
    expect(await users.findById(user.id)).toMatchObject({ passwordHash });
  });
});
