import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { RoleNotFound } from '../domain/role.errors.js';
import { defineRole, type Role, requireAuthority, requireChangeable } from '../domain/role.js';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class ChangeRole {
  constructor(
    private readonly roles: RolesRepository,
    private readonly changes: AccessChanges,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, name: string, permissions: readonly string[]): Promise<Role> {
    return this.changes.during('everyone', async () => {
      const current = await this.roles.find(name);
      if (!current) throw new RoleNotFound();
      requireChangeable(current);
      const role = defineRole(name, permissions);
      // What is taken away counts as much as what is given.
      requireAuthority(principal, [...current.permissions, ...role.permissions]);

      await this.roles.save(role);
      await this.audit.record({
        type: 'role.changed',
        subjectId: name,
        details: { before: current.permissions, after: role.permissions },
      });
      return role;
    });
  }
}
