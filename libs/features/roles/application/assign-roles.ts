import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { RoleUnknown } from '../domain/role.errors.js';
import { type Role, requireAuthority } from '../domain/role.js';
import { RoleHoldersRepository } from './role-holders.repository.js';
import { RolesRepository } from './roles.repository.js';
import { UserAccess } from './user-access.js';

@Injectable()
export class AssignRoles {
  constructor(
    private readonly access: UserAccess,
    private readonly roles: RolesRepository,
    private readonly holders: RoleHoldersRepository,
    private readonly audit: Audit,
  ) {}

  /** The user has these roles afterwards, and no others. */
  async execute(principal: Principal, userId: string, names: readonly string[]): Promise<string[]> {
    return this.access.change(principal, userId, async () => {
      const assigned = rolesNamed(names, await this.roles.list());
      requireAuthority(
        principal,
        assigned.flatMap(({ permissions }) => permissions),
      );
      const before = (await this.holders.rolesOf(userId)).map(({ name }) => name);
      const after = assigned.map(({ name }) => name).sort();

      await this.holders.assign(userId, after);
      await this.audit.record({ type: 'user.roles-changed', subjectId: userId, details: { before, after } });
      return after;
    });
  }
}

/** @throws RoleUnknown naming each that is missing */
function rolesNamed(names: readonly string[], roles: readonly Role[]): Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const errors = names.flatMap((name, position) =>
    byName.has(name)
      ? []
      : [{ pointer: `#/roles/${position}`, code: 'role_unknown', detail: 'There is no such role.' }],
  );
  if (errors.length > 0) throw new RoleUnknown(undefined, { errors });
  return [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
}
