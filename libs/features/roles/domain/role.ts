import { definedPermissions, unknownPermissions } from '#platform/kernel/access/permissions.js';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { PermissionUnknown, RoleBuiltIn } from './role.errors.js';

/** What its holders may do. */
export type Role = Readonly<{
  name: string;
  /** Comes with the software, and changes with it alone. */
  isBuiltIn: boolean;
  /** Sorted. */
  permissions: readonly string[];
}>;

/** @throws PermissionUnknown */
export function defineRole(name: string, permissions: readonly string[]): Role {
  requireKnown(permissions);
  return { name, isBuiltIn: false, permissions: [...new Set(permissions)].sort() };
}

/** @throws RoleBuiltIn */
export function requireChangeable({ name, isBuiltIn }: Role): void {
  if (isBuiltIn) throw new RoleBuiltIn(`The role ${name} comes with the software.`);
}

/** @throws PermissionUnknown naming each of them */
function requireKnown(permissions: readonly string[]): void {
  const errors = unknownPermissions(permissions);
  if (errors.length > 0) throw new PermissionUnknown(undefined, { errors });
}

/**
 * Users give away, take away and act upon no more than they hold themselves: a user who may assign roles could make themselves
 * an administrator otherwise. What everybody holds anyway does not count, nor what the software no longer knows: a role
 * may still name it, and it opens nothing.
 * @throws PermissionDenied
 */
export function requireAuthority({ permissions: held }: Principal, permissions: Iterable<string>): void {
  for (const permission of permissions) {
    const known = definedPermissions().get(permission);
    if (known === undefined || known.everyone || held.has(permission)) continue;
    throw new PermissionDenied(`This takes the permission ${permission}, which you do not hold.`);
  }
}
