import { describe, expect, it } from '@jest/globals';
import { LastAdministrator, UserAccess } from '#features/roles/index.js';
import { UserNotFound } from '#features/users/index.js';
import { newId } from '#platform/kernel/ids.js';
import { PermissionDenied, type Principal } from '#platform/kernel/principal.js';
import { ImmediateAccessChanges } from '#platform/testing/immediate-access-changes.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { InMemoryRoles } from '../../roles/testing/in-memory-roles.js';
import { aHolderOf, anAccount } from '../testing/account.factory.js';
import { InMemoryAccountsRepository } from '../testing/in-memory-accounts.repository.js';
import { DeleteAccount } from './delete-account.js';
import { EndSessions } from './end-sessions.js';
import { GetAccount } from './get-account.js';
import { ListAccounts } from './list-accounts.js';
import { ListSessions } from './list-sessions.js';
import { UpdateAccount } from './update-account.js';

const keeper = aHolderOf('users:read', 'users:update', 'users:delete', 'sessions:read', 'sessions:end');

async function setup() {
  const accounts = new InMemoryAccountsRepository(new StoppedClock());
  const [roles, changes, audit, sessions] = [
    new InMemoryRoles(),
    new ImmediateAccessChanges(),
    new RecordedAudit(),
    new RecordedSessions(),
  ];
  const access = new UserAccess(changes, roles);
  const account = anAccount();
  await accounts.add(account);
  roles.addUser(account.id, 'user');
  return {
    accounts,
    roles,
    changes,
    audit,
    sessions,
    account,
    update: new UpdateAccount(accounts, access, sessions, audit),
    remove: new DeleteAccount(accounts, access, sessions, audit),
    signOut: new EndSessions(access, sessions, audit),
    list: new ListAccounts(accounts),
    listSessions: new ListSessions(accounts, sessions),
    get: new GetAccount(accounts),
  };
}

describe('an account', () => {
  it('that is disabled is signed out, on record, and every process hears of it', async () => {
    const { update, account, sessions, audit, changes } = await setup();

    const { status } = await update.execute(keeper, account.id, { status: 'disabled' });

    expect([status, sessions.ended, changes.made]).toEqual(['disabled', [[account.id, null]], [`user:${account.id}`]]);
    expect(audit.recorded).toEqual([{ type: 'user.disabled', subjectId: account.id }]);
  });

  it('that is enabled or renamed is not signed out', async () => {
    const { update, account, sessions, audit } = await setup();
    await update.execute(keeper, account.id, { status: 'disabled' });
    sessions.ended.length = 0;

    await update.execute(keeper, account.id, { status: 'active' });
    await update.execute(keeper, account.id, { name: 'Grace' });

    expect(sessions.ended).toEqual([]);
    expect(audit.recorded.slice(1).map(({ type }) => type)).toEqual(['user.enabled', 'user.renamed']);
  });

  it('is not on record for what did not change', async () => {
    const { update, account, audit } = await setup();

    await update.execute(keeper, account.id, {});

    expect(audit.recorded).toEqual([]);
  });

  it('that is deleted is signed out and gone', async () => {
    const { remove, get, account, sessions, audit } = await setup();

    await remove.execute(keeper, account.id);

    await expect(get.execute(keeper, account.id)).rejects.toThrow(UserNotFound);
    expect(sessions.ended).toEqual([[account.id, null]]);
    expect(audit.recorded).toEqual([{ type: 'user.deleted', subjectId: account.id }]);
  });

  it('is signed out alone when that is all that is wanted', async () => {
    const { signOut, get, account, sessions, audit } = await setup();

    await signOut.execute(keeper, account.id);

    expect(await get.execute(keeper, account.id)).toEqual(account);
    expect([sessions.ended, audit.recorded]).toEqual([
      [[account.id, null]],
      [{ type: 'user.signed-out', subjectId: account.id }],
    ]);
  });

  it('that does not exist is not found', async () => {
    const { update, remove, signOut, get, listSessions } = await setup();

    await expect(update.execute(keeper, newId(), {})).rejects.toThrow(UserNotFound);
    await expect(remove.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(signOut.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(get.execute(keeper, newId())).rejects.toThrow(UserNotFound);
    await expect(listSessions.execute(keeper, newId())).rejects.toThrow(UserNotFound);
  });
});

describe('an administrator', () => {
  it('is out of reach for those who may do less', async () => {
    const { update, remove, signOut, roles, account, sessions } = await setup();
    roles.addUser(account.id, 'admin');

    await expect(update.execute(keeper, account.id, { status: 'disabled' })).rejects.toThrow(PermissionDenied);
    await expect(remove.execute(keeper, account.id)).rejects.toThrow(PermissionDenied);
    await expect(signOut.execute(keeper, account.id)).rejects.toThrow(PermissionDenied);
    expect(sessions.ended).toEqual([]);
  });

  it('cannot leave when there is no other', async () => {
    const { roles, changes, account } = await setup();
    roles.addUser(account.id, 'admin');
    const everything = aHolderOf(...(await roles.rolesOf(account.id)).flatMap(({ permissions }) => permissions));

    const leave = new UserAccess(changes, roles).change(everything, account.id, () => roles.assign(account.id, []));

    await expect(leave).rejects.toThrow(LastAdministrator);
  });
});

describe('whoever lacks the permission', () => {
  type Way = (parts: Awaited<ReturnType<typeof setup>>, principal: Principal) => Promise<unknown>;

  it.each<[string, Way]>([
    ['list accounts', ({ list }, principal) => list.execute(principal, {}, { limit: 1, after: null })],
    ['see an account', ({ get, account }, principal) => get.execute(principal, account.id)],
    ['change an account', ({ update, account }, principal) => update.execute(principal, account.id, {})],
    ['delete an account', ({ remove, account }, principal) => remove.execute(principal, account.id)],
    [
      'see where somebody is signed in',
      ({ listSessions, account }, principal) => listSessions.execute(principal, account.id),
    ],
    ['sign anybody out', ({ signOut, account }, principal) => signOut.execute(principal, account.id)],
  ])('cannot %s', async (_, way) => {
    await expect(way(await setup(), aHolderOf())).rejects.toThrow(PermissionDenied);
  });
});
