import type { User } from '../domain/user.js';

/** Deleted users are not found. */
export abstract class AccountsRepository {
  /** Gives the user the role that everybody has. @throws EmailTaken */
  abstract add(user: User): Promise<void>;

  abstract findById(id: string): Promise<User | null>;

  /** Takes the normalised address. */
  abstract findByEmail(email: string): Promise<User | null>;

  /** As `findById`; nobody else changes the user until the caller's transaction ends. */
  abstract lock(id: string): Promise<User | null>;

  /**
   * Locks the user, applies `change`, saves the result: one transaction. If `change` throws, nothing is written.
   * @throws UserNotFound
   */
  abstract update(id: string, change: (current: User) => User): Promise<User>;
}
