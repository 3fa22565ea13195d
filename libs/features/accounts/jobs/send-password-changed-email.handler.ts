import { Injectable } from '@nestjs/common';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { type ChangedPasswordJobPayload, sendPasswordChangedEmail } from '../application/account.jobs.js';
import { AccountMailer } from '../application/account-mailer.js';
import { FindRecipient } from '../application/profile/find-recipient.js';

@Injectable()
export class SendPasswordChangedEmailHandler implements JobHandler<ChangedPasswordJobPayload> {
  readonly job = sendPasswordChangedEmail;

  constructor(
    private readonly findRecipient: FindRecipient,
    private readonly mailer: AccountMailer,
  ) {}

  async handle({ userId }: ChangedPasswordJobPayload, { id }: JobContext): Promise<void> {
    const recipient = await this.findRecipient.execute(userId);
    if (recipient) await this.mailer.sendPasswordChanged(recipient, id);
  }
}
