import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { CurrentPasswordWrong } from '../../domain/user.errors.js';
import { changePassword, resetPassword, type User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';
import { AfterPasswordChange } from './after-password-change.js';
import { PasswordResetsRepository } from './reset/password-resets.repository.js';

export type Replacement = Readonly<{
  passwordHash: string;
  /** The mailed link that allows it; null when the current password does. */
  resetId: string | null;
  /** Ends all sessions but this one. */
  keepSessionId: string | null;
}>;

/** One transaction: with the new password every mailed link and every other session is void, and the owner will hear of it. */
@Injectable()
export class ReplacePassword {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly accounts: AccountsRepository,
    private readonly afterChange: AfterPasswordChange,
    private readonly clock: Clock,
  ) {}

  /** @throws ResetTokenInvalid, CurrentPasswordWrong when `user` has another password by now, UserNotFound */
  async execute(user: User, { passwordHash, resetId, keepSessionId }: Replacement): Promise<void> {
    const now = this.clock.now();
    const replace = (current: User): User => {
      if (resetId !== null) return resetPassword(current, passwordHash, now);
      if (current.passwordHash !== user.passwordHash) throw new CurrentPasswordWrong();
      return changePassword(current, passwordHash, now);
    };

    await this.resets.closeAll(user.email, resetId, async () => {
      await this.accounts.update(user.id, replace);
      await this.afterChange.execute(user.id, {
        keepSessionId,
        event: resetId === null ? 'password.changed' : 'password.reset',
      });
    });
  }
}
