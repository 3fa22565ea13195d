import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { ResetTokenInvalid } from '../../../domain/user.errors.js';
import { passwordsSetup } from '../../../testing/passwords-setup.js';
import { anEmail, aPasswordReset } from '../../../testing/user.factory.js';

const ONE_HOUR = 3_600;

it('tells whose password a mailed token may replace, as often as it is asked within the hour', async () => {
  const { findReset, aStoredUser, aMailedToken, clock } = passwordsSetup();
  const user = await aStoredUser();
  const token = await aMailedToken(user.email);

  for (const seconds of [0, ONE_HOUR - 1]) {
    clock.pass(seconds);
    expect(await findReset.execute(token)).toEqual({ resetId: token, user });
  }
  clock.pass(1);
  await expect(findReset.execute(token)).rejects.toThrow(ResetTokenInvalid);
});

it.each([
  ['that we did not make', 'nonsense'],
  ['of a link that was used or never sent', newId()],
])('refuses a token %s', async (_, token) => {
  await expect(passwordsSetup().findReset.execute(token)).rejects.toThrow(ResetTokenInvalid);
});

it('refuses the token of a user who is disabled, and of an address without an account', async () => {
  const { findReset, aStoredUser, resets } = passwordsSetup();
  const { email } = await aStoredUser({ status: 'disabled' });

  for (const reset of [aPasswordReset({ email }), aPasswordReset({ email: anEmail() })]) {
    await resets.add(reset);
    await expect(findReset.execute(reset.id)).rejects.toThrow(ResetTokenInvalid);
  }
});
