import type { FieldError } from '../errors/app-error.js';
import { Registry } from '../registry.js';

/** One thing a user may do. Roles and API keys hold its name; code that requires it names this value. */
export type Permission = Readonly<{
  /** `resource:action`, such as `orders:read`. Rows of roles and API keys carry it: never rename one. */
  name: `${string}:${string}`;
  description: string;
  /** Every signed-in user holds it; without this only administrators and custom roles do. */
  everyone?: true;
}>;

const registry = new Registry<Permission>('The permission');

/**
 * Names one thing somebody may do. The feature that owns it exports it beside its use cases, so that requiring one
 * that does not exist does not compile.
 * @throws when two definitions share a name
 */
export function definePermission(name: Permission['name'], definition: Omit<Permission, 'name'>): Permission {
  return registry.add(name, { name, ...definition });
}

/** Every permission defined so far, by name. */
export function definedPermissions(): ReadonlyMap<string, Permission> {
  return registry.all;
}

/** What to answer about those of a request's `permissions` that do not exist; empty when all of them do. */
export function unknownPermissions(permissions: readonly string[]): FieldError[] {
  return permissions.flatMap((name, position) =>
    registry.all.has(name)
      ? []
      : [{ pointer: `#/permissions/${position}`, code: 'permission_unknown', detail: 'There is no such permission.' }],
  );
}
