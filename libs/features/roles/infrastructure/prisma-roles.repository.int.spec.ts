import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeRolesRepository } from '../testing/roles.repository.contract.js';
import { PrismaRoleHoldersRepository } from './prisma-role-holders.repository.js';
import { PrismaRolesRepository } from './prisma-roles.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({
    data: { id, email: `${id}@example.test`, emailVerifiedAt: now, createdAt: now, updatedAt: now },
  });
  return id;
}

const holders = new PrismaRoleHoldersRepository(database);

describeRolesRepository('PrismaRolesRepository', () => ({
  roles: new PrismaRolesRepository(database),
  holders,
  aUserId,
}));

describe('an administrator', () => {
  it.each([{ status: 'disabled' as const }, { deletedAt: new Date() }, { emailVerifiedAt: null }])(
    'counts only who can sign in: %j',
    async (change) => {
      await database.client.userRole.deleteMany({ where: { roleName: 'admin' } });
      const userId = await aUserId();
      await holders.assign(userId, ['admin']);

      await database.client.user.update({ where: { id: userId }, data: change });

      expect(await holders.hasAdministrator()).toBe(false);
    },
  );
});
