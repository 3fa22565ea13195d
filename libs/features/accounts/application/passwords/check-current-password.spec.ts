import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { CurrentPasswordWrong, PasswordNotSet, UserNotFound } from '../../domain/user.errors.js';
import { OLD, passwordsSetup } from '../../testing/passwords-setup.js';

it.each([
  ['as it is stored', `hash of ${OLD}`],
  ['also when a hash made today would be a stronger one', `old hash of ${OLD}`],
])('gives back the user whose password it is, %s', async (_, passwordHash) => {
  const { checkCurrentPassword, aStoredUser } = passwordsSetup();
  const user = await aStoredUser({ passwordHash });

  expect(await checkCurrentPassword.execute(user.id, OLD)).toEqual(user);
});

it('points to a password that is wrong, and says whose it was for the audit', async () => {
  const { checkCurrentPassword, aStoredUser } = passwordsSetup();
  const { id } = await aStoredUser();

  const attempt = checkCurrentPassword.execute(id, 'wrong');

  await expect(attempt).rejects.toThrow(CurrentPasswordWrong);
  await expect(attempt).rejects.toMatchObject({
    errors: [{ pointer: '#/currentPassword', code: 'current_password_wrong' }],
    auditSubjectId: id,
  });
});

it('refuses somebody without a password, and somebody without an account', async () => {
  const { checkCurrentPassword, aStoredUser } = passwordsSetup();
  const { id } = await aStoredUser({ passwordHash: null });

  await expect(checkCurrentPassword.execute(id, OLD)).rejects.toThrow(PasswordNotSet);
  await expect(checkCurrentPassword.execute(newId(), OLD)).rejects.toThrow(UserNotFound);
});
