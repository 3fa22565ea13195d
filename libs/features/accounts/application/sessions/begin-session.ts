import { Injectable } from '@nestjs/common';
import { type SessionClient, type SessionTokens, UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { AccountDisabled, UserNotFound } from '../../domain/user.errors.js';
import { AccountsRepository } from '../accounts.repository.js';

/** For features that sign people in another way than with a password. */
@Injectable()
export class BeginSession {
  constructor(
    private readonly transaction: Transaction,
    private readonly accounts: AccountsRepository,
    private readonly sessions: UserSessions,
  ) {}

  /** Locks the user, so that nobody who is being disabled or deleted gets a session at the last moment. @throws AccountDisabled, UserNotFound */
  execute(userId: string, client: SessionClient): Promise<SessionTokens> {
    return this.transaction.run(async () => {
      const user = await this.accounts.lock(userId);
      if (user === null) throw new UserNotFound();
      if (user.status !== 'active') throw new AccountDisabled();
      return this.sessions.begin(userId, client);
    });
  }
}
