import type { Role } from '../domain/role.js';

/** Who has which roles. Writes happen inside `AccessChanges.during`, one at a time. */
export abstract class RoleHoldersRepository {
  /** The roles of a user, by name. @throws UserNotFound */
  abstract rolesOf(userId: string): Promise<Role[]>;

  /** Gives the user these roles, which exist, and no others. */
  abstract assign(userId: string, roles: readonly string[]): Promise<void>;

  /** Gives the user the role of administrators, besides those they have. */
  abstract grantAdmin(userId: string): Promise<void>;

  /** Whether somebody who can sign in is an administrator. */
  abstract hasAdministrator(): Promise<boolean>;
}
