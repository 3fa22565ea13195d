import { Injectable } from '@nestjs/common';
import { FindRecipient } from '#features/accounts/index.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { type ChangedIdentityJobPayload, sendIdentityChangedEmail } from '../application/identity.jobs.js';
import { IdentityMailer } from '../application/identity-mailer.js';

@Injectable()
export class SendIdentityChangedEmailHandler implements JobHandler<ChangedIdentityJobPayload> {
  readonly job = sendIdentityChangedEmail;

  constructor(
    private readonly findRecipient: FindRecipient,
    private readonly mailer: IdentityMailer,
  ) {}

  async handle({ userId, issuer, change }: ChangedIdentityJobPayload, { id }: JobContext): Promise<void> {
    const recipient = await this.findRecipient.execute(userId);
    if (recipient === null) return;

    if (change === 'linked') await this.mailer.sendLinked(recipient, issuer, id);
    else await this.mailer.sendUnlinked(recipient, issuer, id);
  }
}
