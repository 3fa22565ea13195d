import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import { ADMIN_ROLE } from '#platform/access/roles.js';
import { Database } from '#platform/database/database.js';
import type { RoleHoldersRepository } from '../application/role-holders.repository.js';
import type { Role } from '../domain/role.js';
import { toRole } from './prisma-roles.repository.js';

@Injectable()
export class PrismaRoleHoldersRepository implements RoleHoldersRepository {
  constructor(private readonly database: Database) {}

  async rolesOf(userId: string): Promise<Role[]> {
    const found = await this.database.client.user.findFirst({
      where: { id: userId, deletedAt: null },
      select: { roles: { select: { role: true }, orderBy: { roleName: 'asc' } } },
    });
    if (found === null) throw new UserNotFound();
    return found.roles.map(({ role }) => toRole(role));
  }

  async assign(userId: string, roles: readonly string[]): Promise<void> {
    await this.database.client.userRole.deleteMany({ where: { userId, roleName: { notIn: [...roles] } } });
    await this.database.client.userRole.createMany({
      data: roles.map((roleName) => ({ userId, roleName })),
      skipDuplicates: true,
    });
  }

  async grantAdmin(userId: string): Promise<void> {
    await this.database.client.userRole.createMany({ data: { userId, roleName: ADMIN_ROLE }, skipDuplicates: true });
  }

  async hasAdministrator(): Promise<boolean> {
    const administrator = await this.database.client.userRole.findFirst({
      where: { roleName: ADMIN_ROLE, user: { status: 'active', deletedAt: null, emailVerifiedAt: { not: null } } },
    });
    return administrator !== null;
  }
}
