import { describe, expect, it } from 'vitest';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { anEmail } from '../../testing/user.factory.js';
import { FindOrCreateUserByEmail } from './find-or-create-user-by-email.js';

function setup() {
  const { users, audit, addUser, clock, aStoredUser } = accountsSetup();
  return { users, audit, clock, aStoredUser, findOrCreate: new FindOrCreateUserByEmail(users, addUser, clock) };
}

describe('admitting somebody by a proven address', () => {
  it('finds the user who has it, however it is written', async () => {
    const { users, aStoredUser, findOrCreate } = setup();
    const user = await aStoredUser();

    expect(await findOrCreate.execute({ email: ` ${user.email.toUpperCase()}`, name: 'Another' })).toEqual({
      userId: user.id,
      isNew: false,
    });
    expect(await users.findById(user.id)).toEqual(user);
  });

  it('makes a new user with a verified address and no password, on record', async () => {
    const { users, clock, audit, findOrCreate } = setup();
    const email = anEmail();

    const found = await findOrCreate.execute({ email: email.toUpperCase(), name: 'Ada' });

    const user = await users.findByEmail(email);
    expect(user).toMatchObject({
      name: 'Ada',
      passwordHash: null,
      status: 'active',
      emailVerifiedAt: clock.now(),
    });
    expect(found).toEqual({ userId: user?.id, isNew: true });
    expect(audit.recorded).toEqual([{ type: 'user.created', actorId: user?.id, subjectId: user?.id }]);
  });

  it('refuses an account whose address was never verified', async () => {
    const { aStoredUser, findOrCreate } = setup();
    const { email } = await aStoredUser({ emailVerifiedAt: null });

    expect(await findOrCreate.execute({ email, name: null })).toBeNull();
  });
});
