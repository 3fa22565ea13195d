import type { Role } from '../domain/role.js';

/** Writes happen inside `AccessChanges.during`, one at a time. */
export abstract class RolesRepository {
  /** All of them, by name. */
  abstract list(): Promise<Role[]>;

  abstract find(name: string): Promise<Role | null>;

  /** @throws RoleNameTaken */
  abstract add(role: Role): Promise<void>;

  /** @throws RoleNotFound */
  abstract save(role: Role): Promise<void>;

  /** @throws RoleInUse, RoleNotFound */
  abstract remove(name: string): Promise<void>;
}
