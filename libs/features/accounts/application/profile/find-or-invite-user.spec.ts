import { describe, expect, it } from 'vitest';
import { AccountDisabled } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { anEmail } from '../../testing/user.factory.js';
import { ForgotPassword } from '../passwords/reset/forgot-password.js';
import { FindOrCreateUserByEmail } from '../sessions/find-or-create-user-by-email.js';
import { FindOrInviteUser } from './find-or-invite-user.js';

function setup() {
  const { users, resets, jobs, audit, addUser, clock, aStoredUser } = accountsSetup();
  const findOrInviteUser = new FindOrInviteUser(users, new ForgotPassword(resets, jobs, clock), addUser, clock);
  const findOrCreateUserByEmail = new FindOrCreateUserByEmail(users, addUser, clock);
  return { users, jobs, audit, aStoredUser, findOrInviteUser, findOrCreateUserByEmail };
}

describe('providing an account', () => {
  it('makes one that nobody has claimed, on record, and mails a link to choose a password', async () => {
    const { users, jobs, audit, findOrInviteUser } = setup();
    const email = anEmail();

    const invited = await findOrInviteUser.execute(` ${email.toUpperCase()} `);

    expect(invited).toEqual({ userId: (await users.findByEmail(email))?.id, isNew: true, isInvited: true });
    expect(await users.findByEmail(email)).toMatchObject({
      passwordHash: null,
      emailVerifiedAt: null,
      status: 'active',
    });
    expect(audit.recorded).toEqual([{ type: 'user.created', subjectId: invited.userId }]);
    expect(jobs.enqueued.map(({ name }) => name)).toEqual(['users.send-password-reset-email']);
  });

  it('lets nobody in by an external account: whose the address is, the mailed link has to show', async () => {
    const { findOrInviteUser, findOrCreateUserByEmail } = setup();
    const email = anEmail();
    await findOrInviteUser.execute(email);

    expect(await findOrCreateUserByEmail.execute({ email, name: null })).toBeNull();
  });

  it('mails another link while no password is chosen', async () => {
    const { jobs, audit, findOrInviteUser } = setup();
    const email = anEmail();
    const first = await findOrInviteUser.execute(email);

    expect(await findOrInviteUser.execute(email)).toEqual({ ...first, isNew: false });

    expect([jobs.enqueued.length, audit.recorded.length]).toEqual([2, 1]);
  });

  it.each([{}, { passwordHash: null }])('leaves an account that somebody uses as it is: %j', async (overrides) => {
    const { users, jobs, audit, aStoredUser, findOrInviteUser } = setup();
    const user = await aStoredUser(overrides);

    expect(await findOrInviteUser.execute(user.email)).toEqual({ userId: user.id, isNew: false, isInvited: false });

    expect(await users.findById(user.id)).toEqual(user);
    expect([jobs.enqueued, audit.recorded]).toEqual([[], []]);
  });

  it('refuses a disabled one', async () => {
    const { aStoredUser, findOrInviteUser } = setup();
    const user = await aStoredUser({ status: 'disabled' });

    await expect(findOrInviteUser.execute(user.email)).rejects.toThrow(AccountDisabled);
  });
});
