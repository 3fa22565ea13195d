import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { AccountDisabled, UserNotFound } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { BeginSession } from './begin-session.js';

const CLIENT = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };

it('begins a session of an active user, and of nobody else', async () => {
  const { transaction, users, sessions, aStoredUser } = accountsSetup();
  const beginSession = new BeginSession(transaction, users, sessions);
  const [active, disabled] = [await aStoredUser(), await aStoredUser({ status: 'disabled' })];

  expect(await beginSession.execute(active.id, CLIENT)).toBe(sessions.tokens);
  await expect(beginSession.execute(disabled.id, CLIENT)).rejects.toThrow(AccountDisabled);
  await expect(beginSession.execute(newId(), CLIENT)).rejects.toThrow(UserNotFound);

  expect(sessions.begun).toEqual([[active.id, CLIENT]]);
});
