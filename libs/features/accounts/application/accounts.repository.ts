import type { Page, PageRequest } from '#platform/kernel/page.js';
import type { Account, AccountChange } from '../domain/account.js';

export type AccountFilter = Readonly<{
  /** How the e-mail address begins, in its normalised form; or the whole id. */
  query?: string;
}>;

/** Deleted accounts are not found. */
export abstract class AccountsRepository {
  /** Newest first. A page costs the same however deep it lies, and accounts that are made meanwhile shift nothing. */
  abstract list(filter: AccountFilter, page: PageRequest<string>): Promise<Page<Account>>;

  abstract find(id: string): Promise<Account | null>;

  /**
   * Locks the account and gives back what it was and what it is. The time of the change is that of `updatedAt`.
   * @throws UserNotFound
   */
  abstract update(id: string, change: AccountChange): Promise<{ before: Account; after: Account }>;

  /**
   * Nobody finds the account from then on. What told who it was is gone for good, so that its address and its external accounts
   * are free for a new one; its id stays, for what refers to it.
   * @throws UserNotFound
   */
  abstract remove(id: string): Promise<void>;
}
