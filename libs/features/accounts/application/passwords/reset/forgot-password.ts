import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { requestReset } from '../../../domain/password-reset.js';
import { sendPasswordResetEmail } from '../../account.jobs.js';
import { PasswordResetsRepository } from './password-resets.repository.js';

/**
 * Runs the same statements whether or not the address has an account, so that neither answer nor time tells.
 * The job looks, and mails the owner if there is one.
 */
@Injectable()
export class ForgotPassword {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute(email: string): Promise<void> {
    const reset = requestReset(email, newId(), this.clock.now());

    // No transaction: until the answer is sent nothing is promised, and a reset without a mail just expires.
    await this.resets.add(reset);
    await this.jobs.enqueue(sendPasswordResetEmail, { resetId: reset.id });
  }
}
