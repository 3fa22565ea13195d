import { describe, expect, it } from '@jest/globals';
import type { Principal } from '#platform/kernel/access/principal.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { UserNotFound } from '../../domain/user.errors.js';
import { InMemoryAccountsRepository } from '../../testing/in-memory-accounts.repository.js';
import { aUser } from '../../testing/user.factory.js';
import { FindRecipient } from './find-recipient.js';
import { GetMe } from './get-me.js';
import { UpdateMe } from './update-me.js';

async function setup() {
  const users = new InMemoryAccountsRepository();
  const [me, somebodyElse] = [aUser(), aUser()];
  await users.add(me);
  await users.add(somebodyElse);
  const clock = new StoppedClock();
  return {
    me,
    somebodyElse,
    users,
    clock,
    getMe: new GetMe(users),
    updateMe: new UpdateMe(users, clock),
    findRecipient: new FindRecipient(users),
  };
}

const principal = (id: string): Principal => ({ id, kind: 'user', sessionId: null, permissions: new Set() });

describe('the signed-in user', () => {
  it('sees and changes nobody else', async () => {
    const { me, somebodyElse, users, clock, getMe, updateMe } = await setup();
    expect(await getMe.execute(principal(me.id))).toEqual(me);

    clock.pass(60);
    const changed = await updateMe.execute(principal(me.id), { name: 'Grace' });

    expect(changed).toEqual({ ...me, name: 'Grace', updatedAt: clock.now() });
    expect(await users.findById(somebodyElse.id)).toEqual(somebodyElse);
  });

  it('is not found when there is none', async () => {
    const { getMe, updateMe } = await setup();

    await expect(getMe.execute(principal('an-api-key'))).rejects.toThrow(UserNotFound);
    await expect(updateMe.execute(principal('an-api-key'), {})).rejects.toThrow(UserNotFound);
  });
});

describe('FindRecipient', () => {
  it('tells other features where to write, and nothing more', async () => {
    const { me, findRecipient } = await setup();

    expect(await findRecipient.execute(me.id)).toEqual({ email: me.email, name: me.name });
    expect(await findRecipient.execute('nobody')).toBeNull();
  });
});
