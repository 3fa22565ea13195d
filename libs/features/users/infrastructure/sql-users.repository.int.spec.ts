import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { aPasswordReset } from '../../accounts/testing/user.factory.js';
import { anIdentity } from '../../identities/testing/identity.factory.js';
import type { User } from '../domain/user.js';
import { aUser } from '../testing/user.factory.js';
import { describeUsersRepository } from '../testing/users.repository.contract.js';
import { SqlUsersRepository } from './sql-users.repository.js';

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
afterAll(() => Promise.all([database, otherDatabase].map((each) => each.onApplicationShutdown())));

const add = ({ roles, ...user }: User) =>
  database.client.user.create({ data: { ...user, roles: { create: roles.map((roleName) => ({ roleName })) } } });

describeUsersRepository('SqlUsersRepository', (clock) => ({
  users: new SqlUsersRepository(database, clock),
  add,
}));

describe('a removed user', () => {
  async function aRemovedUser() {
    const clock = new StoppedClock();
    const user = aUser({ roles: ['admin', 'user'] });
    const [identity, reset] = [anIdentity({ userId: user.id }), aPasswordReset({ email: user.email })];
    await add(user);
    await database.client.user.update({ where: { id: user.id }, data: { passwordHash: 'a hash' } });
    await database.client.identity.create({ data: identity });
    await database.client.passwordReset.create({ data: reset });

    await new SqlUsersRepository(database, clock).remove(user.id);
    return { user, identity, reset, clock };
  }

  it('keeps its id, and nothing that tells who it was or lets anybody in', async () => {
    const { user, clock } = await aRemovedUser();

    const row = await database.client.user.findFirst({
      where: { id: user.id },
      include: { identities: true, roles: true },
    });

    expect(row).toEqual({
      id: user.id,
      email: `deleted:${user.id}`,
      emailVerifiedAt: null,
      name: null,
      passwordHash: null,
      status: 'active',
      createdAt: user.createdAt,
      updatedAt: clock.now(),
      deletedAt: clock.now(),
      identities: [],
      roles: [],
    });
  });

  it('leaves its external accounts to be linked anew, and no open link to set a password', async () => {
    const { identity, reset } = await aRemovedUser();
    const successor = aUser();
    await add(successor);

    await database.client.identity.create({ data: { ...identity, id: newId(), userId: successor.id } });

    expect(await database.client.passwordReset.findFirst({ where: { id: reset.id } })).toBeNull();
  });

  it('loses what is linked at the same moment', async () => {
    const user = aUser();
    await add(user);
    let removal: Promise<void> | undefined;

    await database.transaction(async () => {
      await database.client.identity.create({ data: anIdentity({ userId: user.id }) });
      removal = new SqlUsersRepository(otherDatabase, new StoppedClock()).remove(user.id);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
    });
    await removal;

    expect(await database.client.identity.findMany({ where: { userId: user.id } })).toEqual([]);
  });
});

/** Asked outside of the transaction: inside, Postgres would show the same picture again and again. */
async function waitingForLocks(): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await otherDatabase.query({ name: 'tests.waiting-for-locks', text })).length;
}
