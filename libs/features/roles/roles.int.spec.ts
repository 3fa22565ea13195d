import { afterAll, describe, expect, it } from 'vitest';
import type { AccessChangeBroadcast } from '#platform/access/access-change-broadcast.js';
import { SqlAccessChanges } from '#platform/access/sql-access-changes.js';
import { definedPermissions } from '#platform/kernel/access/permissions.js';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { AssignRoles } from './application/assign-roles.js';
import { DeleteRole } from './application/delete-role.js';
import { UserAccess } from './application/user-access.js';
import { LastAdministrator, RoleInUse } from './domain/role.errors.js';
import { PrismaRoleHoldersRepository } from './infrastructure/prisma-role-holders.repository.js';
import { PrismaRolesRepository } from './infrastructure/prisma-roles.repository.js';
import { aRole } from './testing/role.factory.js';

const database = testDatabase();
/** As another process has it: not part of a transaction of the first. */
const otherDatabase = testDatabase();
const observer = testDatabase();
afterAll(() => Promise.all([database, otherDatabase, observer].map((each) => each.onApplicationShutdown())));

const everything = () => aHolderOf(...definedPermissions().keys());

function aProcess(of = database) {
  const changes = new SqlAccessChanges(of, { publish: () => undefined } as unknown as AccessChangeBroadcast);
  const [roles, holders, audit] = [
    new PrismaRolesRepository(of),
    new PrismaRoleHoldersRepository(of),
    new RecordedAudit(),
  ];
  const access = new UserAccess(changes, holders);
  return {
    roles,
    holders,
    access,
    assign: new AssignRoles(access, roles, holders, audit),
    remove: new DeleteRole(roles, changes, audit),
  };
}

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({
    data: { id, email: `${id}@example.test`, emailVerifiedAt: now, createdAt: now, updatedAt: now },
  });
  return id;
}

/** The only two there are. */
async function twoAdministrators(): Promise<[string, string]> {
  await database.client.userRole.deleteMany({ where: { roleName: 'admin' } });
  const ids: [string, string] = [await aUserId(), await aUserId()];
  for (const userId of ids) await database.client.userRole.create({ data: { userId, roleName: 'admin' } });
  return ids;
}

/** Asked outside of every transaction: inside, Postgres would show the same picture again and again. */
async function somebodyWaits(): Promise<void> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually(async () => expect(await observer.query({ name: 'tests.waiting-for-locks', text })).toHaveLength(1));
}

describe('two administrators', () => {
  it('who remove each other at the same time do so one after the other, and the second one stays', async () => {
    const [here, there] = [aProcess(), aProcess(otherDatabase)];
    const [first, second] = await twoAdministrators();

    let other: Promise<unknown> | undefined;
    await here.access.change(everything(), first, async () => {
      await here.holders.assign(first, []);
      other = there.assign.execute(everything(), second, []);
      other.catch(() => undefined);
      await somebodyWaits();
    });

    await expect(other).rejects.toThrow(LastAdministrator);
    expect(await here.holders.rolesOf(second)).toMatchObject([{ name: 'admin' }]);
  });

  it('leave one when many resign at once', async () => {
    const [here, there] = [aProcess(), aProcess(otherDatabase)];
    for (let round = 0; round < 20; round++) {
      const [first, second] = await twoAdministrators();

      const removals = [here.assign.execute(everything(), first, []), there.assign.execute(everything(), second, [])];
      const results = await Promise.allSettled(removals);

      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });
});

describe('a role', () => {
  it('is not deleted while somebody gets it', async () => {
    const [here, there] = [aProcess(), aProcess(otherDatabase)];
    const [role, userId] = [aRole(), await aUserId()];
    await here.roles.add(role);

    let removal: Promise<unknown> | undefined;
    await here.access.change(everything(), userId, async () => {
      removal = there.remove.execute(everything(), role.name);
      removal.catch(() => undefined);
      await somebodyWaits();
      await here.holders.assign(userId, [role.name]);
    });

    await expect(removal).rejects.toThrow(RoleInUse);
    expect(await here.holders.rolesOf(userId)).toEqual([role]);
  });
});
