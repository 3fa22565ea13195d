import { describe, expect, it } from '@jest/globals';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { AccountDisabled, UserNotFound } from '../../domain/user.errors.js';
import { InMemoryAccountsRepository } from '../../testing/in-memory-accounts.repository.js';
import { anEmail, aUser } from '../../testing/user.factory.js';
import { BeginSession } from './begin-session.js';
import { FindOrCreateUserByEmail } from './find-or-create-user-by-email.js';
import { WithLockedUser } from './with-locked-user.js';

const CLIENT = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };

function setup() {
  const users = new InMemoryAccountsRepository();
  const clock = new StoppedClock();
  const transaction = new ImmediateTransaction();
  const sessions = new RecordedSessions();
  return {
    users,
    clock,
    sessions,
    findOrCreateUserByEmail: new FindOrCreateUserByEmail(users, new RecordedAudit(), clock),
    beginSession: new BeginSession(transaction, users, sessions),
    withLockedUser: new WithLockedUser(transaction, users),
  };
}

describe('admitting somebody by a proven address', () => {
  it('finds the user who has it, however it is written', async () => {
    const { users, findOrCreateUserByEmail } = setup();
    const user = aUser();
    await users.add(user);

    expect(await findOrCreateUserByEmail.execute({ email: ` ${user.email.toUpperCase()}`, name: 'Another' })).toEqual({
      userId: user.id,
      isNew: false,
    });
    expect(await users.findById(user.id)).toEqual(user);
  });

  it('makes a new user with a verified address and no password', async () => {
    const { users, clock, findOrCreateUserByEmail } = setup();
    const email = anEmail();

    const found = await findOrCreateUserByEmail.execute({ email: email.toUpperCase(), name: 'Ada' });

    expect(await users.findByEmail(email)).toMatchObject({
      name: 'Ada',
      passwordHash: null,
      status: 'active',
      emailVerifiedAt: clock.now(),
    });
    expect(found).toEqual({ userId: (await users.findByEmail(email))?.id, isNew: true });
  });

  it('admits nobody to an account whose address was never verified', async () => {
    const { users, findOrCreateUserByEmail } = setup();
    const user = aUser({ emailVerifiedAt: null });
    await users.add(user);

    expect(await findOrCreateUserByEmail.execute({ email: user.email, name: null })).toBeNull();
  });
});

describe('beginning a session', () => {
  it('is for active users', async () => {
    const { users, sessions, beginSession } = setup();
    const [active, disabled] = [aUser(), aUser({ status: 'disabled' })];
    for (const user of [active, disabled]) await users.add(user);

    expect(await beginSession.execute(active.id, CLIENT)).toBe(sessions.tokens);
    await expect(beginSession.execute(disabled.id, CLIENT)).rejects.toThrow(AccountDisabled);
    await expect(beginSession.execute(newId(), CLIENT)).rejects.toThrow(UserNotFound);
    expect(sessions.begun).toEqual([[active.id, CLIENT]]);
  });
});

describe('holding an account', () => {
  it('tells whether there is a password', async () => {
    const { users, withLockedUser } = setup();
    const [withPassword, without] = [aUser(), aUser({ passwordHash: null })];
    for (const user of [withPassword, without]) await users.add(user);

    expect(await withLockedUser.execute(withPassword.id, async ({ hasPassword }) => hasPassword)).toBe(true);
    expect(await withLockedUser.execute(without.id, async ({ hasPassword }) => hasPassword)).toBe(false);
    await expect(withLockedUser.execute(newId(), async () => undefined)).rejects.toThrow(UserNotFound);
  });
});
