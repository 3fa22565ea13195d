import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { PasswordRefused, ResetTokenInvalid } from '../../../domain/user.errors.js';
import { NEW, passwordsSetup } from '../../../testing/passwords-setup.js';

const ONE_HOUR = 3_600;
const ADDRESS = '192.0.2.1';

describe('a forgotten password', () => {
  it('is replaced by the mailed link, with everything that a new password means', async () => {
    const context = passwordsSetup();
    const user = await context.aStoredUser({ emailVerifiedAt: null });
    const token = await context.aMailedToken(user.email);
    context.clock.pass(ONE_HOUR - 1);

    await context.resetPassword.execute({ token, password: NEW }, ADDRESS);
    await context.runJobs();

    const now = context.clock.now();
    expect(await context.users.findById(user.id)).toEqual({
      ...user,
      passwordHash: `hash of ${NEW}`,
      emailVerifiedAt: now,
      updatedAt: now,
    });
    expect(context.sessions.ended).toEqual([[user.id, null]]);
    expect(context.mailer.sent.at(-1)).toMatchObject({ mail: 'password changed', email: user.email });
    expect(context.audit.recorded).toEqual([{ type: 'password.reset', actorId: user.id, subjectId: user.id }]);
    expect(context.throttle.successes).toEqual([[user.email, ADDRESS]]);
  });

  it('is replaced once, and by one link only', async () => {
    const context = passwordsSetup();
    const { email } = await context.aStoredUser();
    const [first, second] = [await context.aMailedToken(email), await context.aMailedToken(email)];

    await context.resetPassword.execute({ token: second, password: NEW }, ADDRESS);

    for (const token of [first, second]) {
      await expect(context.resetPassword.execute({ token, password: 'another one' }, ADDRESS)).rejects.toThrow(
        ResetTokenInvalid,
      );
    }
    expect((await context.users.findByEmail(email))?.passwordHash).toBe(`hash of ${NEW}`);
  });

  it('is replaced once when a link is opened many times at once', async () => {
    const context = passwordsSetup();
    const token = await context.aMailedToken((await context.aStoredUser()).email);

    const attempts = Array.from({ length: 5 }, () => context.resetPassword.execute({ token, password: NEW }, ADDRESS));

    expect((await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('can be the first one of a user who signs in through a provider', async () => {
    const context = passwordsSetup();
    const { id, email } = await context.aStoredUser({ passwordHash: null });

    await context.resetPassword.execute({ token: await context.aMailedToken(email), password: NEW }, ADDRESS);

    expect((await context.users.findById(id))?.passwordHash).toBe(`hash of ${NEW}`);
  });

  it('stays when the link is an hour old', async () => {
    const context = passwordsSetup();
    const token = await context.aMailedToken((await context.aStoredUser()).email);

    context.clock.pass(ONE_HOUR);

    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
  });

  it.each([
    ['one that we did not make', 'nonsense'],
    ['of a link that was used or never sent', newId()],
  ])('stays when the token is %s', async (_, token) => {
    const { resetPassword, throttle } = passwordsSetup();

    await expect(resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
    expect(throttle.successes).toEqual([]);
  });

  it('stays when the account was disabled meanwhile', async () => {
    const context = passwordsSetup();
    const user = await context.aStoredUser();
    const token = await context.aMailedToken(user.email);
    await context.users.update(user.id, (current) => ({ ...current, status: 'disabled' }));

    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
  });

  it('leaves the link usable when the new one is refused', async () => {
    const context = passwordsSetup();
    const token = await context.aMailedToken((await context.aStoredUser()).email);

    await expect(context.resetPassword.execute({ token, password: 'password1' }, ADDRESS)).rejects.toThrow(
      PasswordRefused,
    );
    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).resolves.toBeUndefined();
  });
});
