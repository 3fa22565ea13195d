import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { User, UserChange } from '../domain/user.js';

export type UserFilter = Readonly<{
  /** How the e-mail address begins, in its normalised form; or the whole id. */
  query?: string;
}>;

/** Deleted users are not found. */
export abstract class UsersRepository {
  /** Newest first. A page costs the same however deep it lies, and users that are made meanwhile shift nothing. */
  abstract list(filter: UserFilter, page: PageRequest<string>): Promise<Page<User>>;

  abstract find(id: string): Promise<User | null>;

  /**
   * Locks the user and gives back what it was and what it is. The time of the change is that of `updatedAt`.
   * @throws UserNotFound
   */
  abstract update(id: string, change: UserChange): Promise<{ before: User; after: User }>;

  /**
   * Nobody finds the user from then on. What told who it was is gone for good, so that its address and its external accounts
   * are free for a new one; its id stays, for what refers to it.
   * @throws UserNotFound
   */
  abstract remove(id: string): Promise<void>;
}
