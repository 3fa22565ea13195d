import { Injectable } from '@nestjs/common';
import { builtInPermissions } from '#platform/access/roles.js';
import { Database } from '#platform/database/database.js';
import { violatedIndex } from '#platform/database/failures/constraint-violation.js';
import type { Role as Row } from '#platform/database/generated/client.js';
import type { RolesRepository } from '../application/roles.repository.js';
import { RoleInUse, RoleNameTaken, RoleNotFound } from '../domain/role.errors.js';
import type { Role } from '../domain/role.js';

@Injectable()
export class PrismaRolesRepository implements RolesRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<Role[]> {
    const rows = await this.database.client.role.findMany({ orderBy: { name: 'asc' } });
    return rows.map(toRole);
  }

  async find(name: string): Promise<Role | null> {
    const row = await this.database.client.role.findFirst({ where: { name } });
    return row && toRole(row);
  }

  async add(role: Role): Promise<void> {
    try {
      await this.database.client.role.create({ data: toRow(role) });
    } catch (error) {
      if (violatedIndex(error) === 'roles_pkey') throw new RoleNameTaken();
      throw error;
    }
  }

  async save(role: Role): Promise<void> {
    const { count } = await this.database.client.role.updateMany({ where: { name: role.name }, data: toRow(role) });
    if (count === 0) throw new RoleNotFound();
  }

  async remove(name: string): Promise<void> {
    if ((await this.database.client.userRole.findFirst({ where: { roleName: name } })) !== null) throw new RoleInUse();
    const { count } = await this.database.client.role.deleteMany({ where: { name } });
    if (count === 0) throw new RoleNotFound();
  }
}

export function toRole({ name, builtIn, permissions }: Row): Role {
  return { name, isBuiltIn: builtIn, permissions: [...(builtInPermissions(name) ?? permissions)].sort() };
}

function toRow({ name, isBuiltIn, permissions }: Role): Row {
  return { name, builtIn: isBuiltIn, permissions: [...permissions] };
}
