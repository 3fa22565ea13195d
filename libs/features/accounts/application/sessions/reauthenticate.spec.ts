import { describe, expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { CurrentPasswordWrong, PasswordNotSet } from '../../domain/user.errors.js';
import type { User } from '../../domain/user.js';
import { passwordsSetup } from '../../testing/passwords-setup.js';
import { Reauthenticate } from './reauthenticate.js';

async function setup(overrides: Partial<User> = {}) {
  const { sessions, aStoredUser, checkCurrentPassword } = passwordsSetup();
  const user = await aStoredUser({ passwordHash: 'hash of right', ...overrides });
  const reauthenticate = new Reauthenticate(sessions, checkCurrentPassword);
  return { principal: aPrincipal({ id: user.id }), sessions, reauthenticate };
}

describe('reauthenticating', () => {
  it('confirms the session that asks', async () => {
    const { principal, sessions, reauthenticate } = await setup();

    await reauthenticate.execute(principal, 'right');

    expect(sessions.confirmed).toEqual([[principal.id, principal.sessionId]]);
  });

  it.each([
    ['a wrong password', 'wrong', {}, CurrentPasswordWrong],
    ['somebody without a password', 'right', { passwordHash: null }, PasswordNotSet],
  ])('confirms nothing with %s', async (_, password, overrides, refusal) => {
    const { principal, sessions, reauthenticate } = await setup(overrides);

    await expect(reauthenticate.execute(principal, password)).rejects.toThrow(refusal);
    expect(sessions.confirmed).toEqual([]);
  });

  it('is not for API keys', async () => {
    const { principal, reauthenticate } = await setup();

    await expect(reauthenticate.execute({ ...principal, kind: 'api-key', sessionId: null }, 'right')).rejects.toThrow(
      PermissionDenied,
    );
  });
});
