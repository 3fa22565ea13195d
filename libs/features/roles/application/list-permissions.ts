import { Injectable } from '@nestjs/common';
import { definedPermissions, type Permission } from '#platform/kernel/access/permissions.js';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { readRoles } from './role.permissions.js';

@Injectable()
export class ListPermissions {
  /** By name. */
  execute(principal: Principal): Permission[] {
    requirePermission(principal, readRoles);

    return [...definedPermissions().values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
