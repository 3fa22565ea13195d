import { afterAll, describe, expect, it } from 'vitest';
import type { RowsOfUsers } from '#platform/access/rows-of-users.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { aPasswordReset } from '../../accounts/testing/user.factory.js';
import type { User } from '../domain/user.js';
import { aUser } from '../testing/user.factory.js';
import { describeUsersRepository } from '../testing/users.repository.contract.js';
import { SqlUsersRepository } from './sql-users.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

/** What other features keep is theirs to test. */
const NOTHING_KEPT = { forget: async () => undefined } as unknown as RowsOfUsers;

const add = ({ roles, ...user }: User) =>
  database.client.user.create({ data: { ...user, roles: { create: roles.map((roleName) => ({ roleName })) } } });

describeUsersRepository('SqlUsersRepository', (clock) => ({
  users: new SqlUsersRepository(database, clock, NOTHING_KEPT),
  add,
}));

describe('a removed user', () => {
  async function aRemovedUser() {
    const clock = new StoppedClock();
    const user = aUser({ roles: ['admin', 'user'] });
    const reset = aPasswordReset({ email: user.email });
    await add(user);
    await database.client.user.update({ where: { id: user.id }, data: { passwordHash: 'a hash', locale: 'de' } });
    await database.client.passwordReset.create({ data: reset });

    await new SqlUsersRepository(database, clock, NOTHING_KEPT).remove(user.id);
    return { user, reset, clock };
  }

  it('keeps its id, and nothing that tells who it was or lets anybody in', async () => {
    const { user, clock } = await aRemovedUser();

    const row = await database.client.user.findFirst({
      where: { id: user.id },
      include: { roles: true },
    });

    expect(row).toEqual({
      id: user.id,
      email: `deleted:${user.id}`,
      emailVerifiedAt: null,
      name: null,
      locale: null,
      passwordHash: null,
      status: 'active',
      createdAt: user.createdAt,
      updatedAt: clock.now(),
      deletedAt: clock.now(),
      roles: [],
    });
  });

  it('leaves no open link to set a password', async () => {
    const { reset } = await aRemovedUser();

    expect(await database.client.passwordReset.findFirst({ where: { id: reset.id } })).toBeNull();
  });
});
