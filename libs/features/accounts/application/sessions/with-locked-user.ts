import { Injectable } from '@nestjs/common';
import { Transaction } from '#platform/kernel/transaction.js';
import { UserNotFound } from '../../domain/user.errors.js';
import { AccountsRepository } from '../accounts.repository.js';

export type LockedUser = Readonly<{ hasPassword: boolean }>;

/** For features that decide about a user's ways to sign in. */
@Injectable()
export class WithLockedUser {
  constructor(
    private readonly transaction: Transaction,
    private readonly accounts: AccountsRepository,
  ) {}

  /** Runs `work` in a transaction in which nobody else changes what it was told. @throws UserNotFound */
  execute<T>(userId: string, work: (user: LockedUser) => Promise<T>): Promise<T> {
    return this.transaction.run(async () => {
      const user = await this.accounts.lock(userId);
      if (user === null) throw new UserNotFound();
      return work({ hasPassword: user.passwordHash !== null });
    });
  }
}
