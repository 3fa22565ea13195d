import { Injectable } from '@nestjs/common';
import { definedPermissions, type PermissionDefinition } from '#platform/kernel/permissions.js';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';

@Injectable()
export class ListPermissions {
  /** By name. */
  execute(principal: Principal): (PermissionDefinition & { name: string })[] {
    requirePermission(principal, 'roles:read');

    return [...definedPermissions()].map(([name, definition]) => ({ name, ...definition })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
