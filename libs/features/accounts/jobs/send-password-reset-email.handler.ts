import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { type PasswordResetJobPayload, sendPasswordResetEmail } from '../application/account.jobs.js';
import { AccountMailer } from '../application/account-mailer.js';
import { AccountsRepository } from '../application/accounts.repository.js';
import { PasswordResetsRepository } from '../application/passwords/reset/password-resets.repository.js';
import { isExpired, MOST_OPEN_RESETS, type PasswordReset } from '../domain/password-reset.js';

@Injectable()
export class SendPasswordResetEmailHandler implements JobHandler<PasswordResetJobPayload> {
  readonly job = sendPasswordResetEmail;

  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly accounts: AccountsRepository,
    private readonly mailer: AccountMailer,
    private readonly clock: Clock,
  ) {}

  async handle({ resetId }: PasswordResetJobPayload, { id }: JobContext): Promise<void> {
    const reset = await this.resets.findById(resetId);

    // The password was replaced meanwhile, or the mail would come too late.
    if (reset === null || isExpired(reset, this.clock.now())) return;

    const user = await this.accounts.findByEmail(reset.email);
    if (user?.status === 'active' && (await this.isWelcome(reset)))
      return this.mailer.sendPasswordReset(user, resetId, id);
    await this.resets.remove(resetId);
  }

  private async isWelcome(reset: PasswordReset): Promise<boolean> {
    return (await this.resets.countOpenBefore(reset, this.clock.now())) < MOST_OPEN_RESETS;
  }
}
