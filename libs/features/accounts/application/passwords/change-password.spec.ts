import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { CurrentPasswordWrong, PasswordNotSet, ResetTokenInvalid, UserNotFound } from '../../domain/user.errors.js';
import { NEW, OLD, passwordsSetup } from '../../testing/passwords-setup.js';

const ADDRESS = '192.0.2.1';

describe('changing a password', () => {
  const change = { currentPassword: OLD, newPassword: NEW };

  it('replaces the current one, ends the other sessions and tells the owner', async () => {
    const context = passwordsSetup();
    const user = await context.aStoredUser();
    const principal = aPrincipal({ id: user.id });

    await context.changePassword.execute(principal, change);
    await context.runJobs();

    expect((await context.users.findById(user.id))?.passwordHash).toBe(`hash of ${NEW}`);
    expect(context.sessions.ended).toEqual([[user.id, principal.sessionId]]);
    expect(context.mailer.sent).toMatchObject([{ mail: 'password changed', email: user.email }]);
    expect(context.audit.recorded).toEqual([{ type: 'password.changed', actorId: user.id, subjectId: user.id }]);
  });

  it('voids the links that were mailed before', async () => {
    const context = passwordsSetup();
    const { id, email } = await context.aStoredUser();
    const token = await context.aMailedToken(email);

    await context.changePassword.execute(aPrincipal({ id }), change);

    await expect(context.resetPassword.execute({ token, password: 'another one' }, ADDRESS)).rejects.toThrow(
      ResetTokenInvalid,
    );
  });

  it('refuses a user who sends a wrong current password, and tells the audit whose it was', async () => {
    const context = passwordsSetup();
    const user = await context.aStoredUser();

    const attempt = context.changePassword.execute(aPrincipal({ id: user.id }), {
      ...change,
      currentPassword: 'wrong',
    });

    await expect(attempt).rejects.toThrow(CurrentPasswordWrong);
    await expect(attempt).rejects.toMatchObject({
      errors: [{ pointer: '#/currentPassword' }],
      auditSubjectId: user.id,
    });
    expect(await context.users.findById(user.id)).toEqual(user);
    expect(context.sessions.ended).toEqual([]);
  });

  it('loses against another change that was quicker', async () => {
    const context = passwordsSetup();
    const { id } = await context.aStoredUser();

    const changes = [NEW, 'another one'].map((newPassword) =>
      context.changePassword.execute(aPrincipal({ id }), { ...change, newPassword }),
    );
    const results = await Promise.allSettled(changes);

    expect(results).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: expect.any(CurrentPasswordWrong) },
    ]);
  });

  it('points to the new one when that is refused', async () => {
    const context = passwordsSetup();
    const { id } = await context.aStoredUser();

    const attempt = context.changePassword.execute(aPrincipal({ id }), { ...change, newPassword: 'password1' });

    await expect(attempt).rejects.toMatchObject({
      errors: [{ pointer: '#/newPassword', code: 'password_too_common' }],
    });
  });

  it('refuses a user without a password, and a user without an account', async () => {
    const context = passwordsSetup();
    const { id } = await context.aStoredUser({ passwordHash: null });

    await expect(context.changePassword.execute(aPrincipal({ id }), change)).rejects.toThrow(PasswordNotSet);
    await expect(context.changePassword.execute(aPrincipal({ id: newId() }), change)).rejects.toThrow(UserNotFound);
  });
});
