import type { FieldError } from './app-error.js';
import type { Permission } from './principal.js';

export type PermissionDefinition = Readonly<{
  description: string;
  /** Every signed-in user holds it; without this only administrators and custom roles do. */
  everyone?: true;
}>;

const definitions = new Map<Permission, PermissionDefinition>();

/**
 * Declares the permissions a feature owns, beside its use cases.
 * @throws when two features declare the same one
 */
export function definePermissions(permissions: Readonly<Record<Permission, PermissionDefinition>>): void {
  for (const [name, definition] of Object.entries(permissions) as [Permission, PermissionDefinition][]) {
    if (definitions.has(name)) throw new Error(`The permission ${name} is declared twice.`);
    definitions.set(name, definition);
  }
}

/** Every permission declared so far, by name. */
export function definedPermissions(): ReadonlyMap<Permission, PermissionDefinition> {
  return definitions;
}

/** What to answer about those of a request's `permissions` that nobody has declared; empty when all of them are known. */
export function unknownPermissions(permissions: readonly string[]): FieldError[] {
  return permissions.flatMap((permission, position) =>
    definitions.has(permission as Permission)
      ? []
      : [{ pointer: `#/permissions/${position}`, code: 'permission_unknown', detail: 'There is no such permission.' }],
  );
}
