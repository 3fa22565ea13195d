import { afterAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform/kernel/ids.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '../../../../test/eventually.ts';
import { anIdentity } from '../../identities/testing/identity.factory.js';
import { aPasswordReset } from '../../users/testing/user.factory.js';
import type { Account } from '../domain/account.js';
import { anAccount } from '../testing/account.factory.js';
import { describeAccountsRepository } from '../testing/accounts.repository.contract.js';
import { SqlAccountsRepository } from './sql-accounts.repository.js';

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
afterAll(() => Promise.all([database, otherDatabase].map((each) => each.onApplicationShutdown())));

const add = ({ roles, ...account }: Account) =>
  database.client.user.create({ data: { ...account, roles: { create: roles.map((roleName) => ({ roleName })) } } });

describeAccountsRepository('SqlAccountsRepository', (clock) => ({
  accounts: new SqlAccountsRepository(database, clock),
  add,
}));

describe('a removed account', () => {
  async function aRemovedAccount() {
    const clock = new StoppedClock();
    const account = anAccount({ roles: ['admin', 'user'] });
    const [identity, reset] = [anIdentity({ userId: account.id }), aPasswordReset({ email: account.email })];
    await add(account);
    await database.client.user.update({ where: { id: account.id }, data: { passwordHash: 'a hash' } });
    await database.client.identity.create({ data: identity });
    await database.client.passwordReset.create({ data: reset });

    await new SqlAccountsRepository(database, clock).remove(account.id);
    return { account, identity, reset, clock };
  }

  it('keeps its id, and nothing that tells who it was or lets anybody in', async () => {
    const { account, clock } = await aRemovedAccount();

    const row = await database.client.user.findFirst({
      where: { id: account.id },
      include: { identities: true, roles: true },
    });

    expect(row).toEqual({
      id: account.id,
      email: `deleted:${account.id}`,
      emailVerifiedAt: null,
      name: null,
      passwordHash: null,
      status: 'active',
      createdAt: account.createdAt,
      updatedAt: clock.now(),
      deletedAt: clock.now(),
      identities: [],
      roles: [],
    });
  });

  it('leaves its external accounts to be linked anew, and no open link to set a password', async () => {
    const { identity, reset } = await aRemovedAccount();
    const successor = anAccount();
    await add(successor);

    await database.client.identity.create({ data: { ...identity, id: newId(), userId: successor.id } });

    expect(await database.client.passwordReset.findFirst({ where: { id: reset.id } })).toBeNull();
  });

  it('loses what is linked at the same moment', async () => {
    const account = anAccount();
    await add(account);
    let removal: Promise<void> | undefined;

    await database.transaction(async () => {
      await database.client.identity.create({ data: anIdentity({ userId: account.id }) });
      removal = new SqlAccountsRepository(otherDatabase, new StoppedClock()).remove(account.id);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
    });
    await removal;

    expect(await database.client.identity.findMany({ where: { userId: account.id } })).toEqual([]);
  });
});

/** Asked outside of the transaction: inside, Postgres would show the same picture again and again. */
async function waitingForLocks(): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await otherDatabase.query({ name: 'tests.waiting-for-locks', text })).length;
}
