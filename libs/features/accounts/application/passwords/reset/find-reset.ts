import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { isExpired } from '../../../domain/password-reset.js';
import { ResetTokenInvalid } from '../../../domain/user.errors.js';
import type { User } from '../../../domain/user.js';
import { AccountsRepository } from '../../accounts.repository.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { ResetTokens } from './reset-tokens.js';

/** From a mailed token to whose password it may replace. The token can still be used afterwards. */
@Injectable()
export class FindReset {
  constructor(
    private readonly resetTokens: ResetTokens,
    private readonly resets: PasswordResetsRepository,
    private readonly accounts: AccountsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws ResetTokenInvalid */
  async execute(token: string): Promise<{ resetId: string; user: User }> {
    const resetId = this.resetTokens.verify(token);
    const reset = resetId && (await this.resets.findById(resetId));
    if (!reset || isExpired(reset, this.clock.now())) throw new ResetTokenInvalid();

    const user = await this.accounts.findByEmail(reset.email);
    if (user?.status !== 'active') throw new ResetTokenInvalid();
    return { resetId: reset.id, user };
  }
}
