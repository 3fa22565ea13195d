import { afterAll, describe, expect, it } from 'vitest';
import { USER_ROLE } from '#platform/access/roles.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { InvalidCredentials } from '../domain/user.errors.js';
import type { User } from '../domain/user.js';
import { describeAccountsRepository } from '../testing/repositories/accounts.repository.contract.js';
import { describeCredentialsRepository } from '../testing/repositories/credentials.repository.contract.js';
import { describePasswordResetsRepository } from '../testing/repositories/password-resets.repository.contract.js';
import { describeRegistrationsRepository } from '../testing/repositories/registrations.repository.contract.js';
import { aUser, NOW } from '../testing/user.factory.js';
import { PrismaAccountsRepository } from './prisma-accounts.repository.js';
import { PrismaPasswordResetsRepository } from './prisma-password-resets.repository.js';
import { PrismaRegistrationsRepository } from './prisma-registrations.repository.js';
import { SqlCredentialsRepository } from './sql-credentials.repository.js';

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
afterAll(() => Promise.all([database, otherDatabase].map((each) => each.onApplicationShutdown())));

function create(of = database) {
  const accounts = new PrismaAccountsRepository(of);
  return {
    accounts,
    registrations: new PrismaRegistrationsRepository(of),
    credentials: new SqlCredentialsRepository(of),
  };
}

describeAccountsRepository('PrismaAccountsRepository', () => create().accounts);
describeRegistrationsRepository('PrismaRegistrationsRepository', () => create().registrations);
describePasswordResetsRepository('PrismaPasswordResetsRepository', () => new PrismaPasswordResetsRepository(database));
describeCredentialsRepository('SqlCredentialsRepository', create);

describe('in Postgres', () => {
  it('a new user has the role that everybody has', async () => {
    const user = aUser();
    await create().accounts.add(user);

    expect(await database.client.userRole.findMany({ where: { userId: user.id } })).toEqual([
      { userId: user.id, roleName: USER_ROLE },
    ]);
  });

  it('a deleted user is not found', async () => {
    const { accounts, credentials } = create();
    const user = aUser();
    await accounts.add(user);
    await database.client.user.update({ where: { id: user.id }, data: { deletedAt: NOW } });

    expect(await accounts.findById(user.id)).toBeNull();
    expect(await accounts.findByEmail(user.email)).toBeNull();
    expect(await credentials.findByEmail(user.email, NOW)).toBeNull();
  });

  it('a change of password waits for a sign-in that is under way', async () => {
    const { accounts, credentials, found, changed } = await aUserOfTwoProcesses();
    const order: string[] = [];

    let change: Promise<unknown> | undefined;
    await credentials.here.whileUnchanged(found, async () => {
      change = accounts.there.update(found.userId, changed).then(() => order.push('changed'));
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
      order.push('signed in');
    });
    await change;

    expect(order).toEqual(['signed in', 'changed']);
  });

  it('a sign-in waits for a change of password that is under way, and then fails', async () => {
    const { accounts, credentials, found, changed } = await aUserOfTwoProcesses();

    let signIn: Promise<unknown> | undefined;
    await database.transaction(async () => {
      await accounts.here.update(found.userId, changed);
      signIn = credentials.there.whileUnchanged(found, async () => 'signed in');
      signIn.catch(() => undefined);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
    });

    await expect(signIn).rejects.toThrow(InvalidCredentials);
  });

  it('sign-ins of one user do not wait for each other', async () => {
    const { credentials, found } = await aUserOfTwoProcesses();

    const both = credentials.here.whileUnchanged(found, () =>
      credentials.there.whileUnchanged(found, async () => 'second'),
    );

    await expect(both).resolves.toBe('second');
  });
});

async function aUserOfTwoProcesses() {
  const [here, there] = [create(database), create(otherDatabase)];
  const user = aUser();
  await here.accounts.add(user);
  return {
    accounts: { here: here.accounts, there: there.accounts },
    credentials: { here: here.credentials, there: there.credentials },
    found: { ...(await here.credentials.findByEmail(user.email, NOW))!, userId: user.id },
    changed: (current: User): User => ({ ...current, passwordHash: 'another' }),
  };
}

/** Asked outside of the transaction: inside, Postgres would show the same picture again and again. */
async function waitingForLocks(): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await otherDatabase.query({ name: 'tests.waiting-for-locks', text })).length;
}
