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
