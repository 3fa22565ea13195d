import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { RoleNotFound } from '../domain/role.errors.js';
import { requireAuthority, requireChangeable } from '../domain/role.js';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class DeleteRole {
  constructor(
    private readonly roles: RolesRepository,
    private readonly changes: AccessChanges,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, name: string): Promise<void> {
    await this.changes.during('everyone', async () => {
      const role = await this.roles.find(name);
      if (!role) throw new RoleNotFound();
      requireChangeable(role);
      requireAuthority(principal, role.permissions);

      await this.roles.remove(name);
      await this.audit.record({ type: 'role.deleted', subjectId: name, details: { permissions: role.permissions } });
    });
  }
}
