import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { defineRole, type Role, requireAuthority } from '../domain/role.js';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class CreateRole {
  constructor(
    private readonly roles: RolesRepository,
    private readonly changes: AccessChanges,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, { name, permissions }: Pick<Role, 'name' | 'permissions'>): Promise<Role> {
    const role = defineRole(name, permissions);
    requireAuthority(principal, role.permissions);

    await this.changes.during('everyone', async () => {
      await this.roles.add(role);
      await this.audit.record({ type: 'role.created', subjectId: name, details: { permissions: role.permissions } });
    });
    return role;
  }
}
