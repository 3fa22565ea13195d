import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import type { Identity } from '../domain/identity.js';
import { type IdentityChange, sendIdentityChangedEmail } from './identity.jobs.js';

/** What must come with every new or lost way to sign in to an account. Joins the transaction that writes it. */
@Injectable()
export class AfterIdentityChange {
  constructor(
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** Nothing to tell somebody who has just come in by it for the first time: the notice is for owners who may not know. */
  async execute({ id, userId, issuer }: Identity, change: IdentityChange, isNewAccount = false): Promise<void> {
    await this.audit.record({ type: `identity.${change}`, actorId: userId, subjectId: id, details: { issuer } });
    if (!isNewAccount) await this.jobs.enqueue(sendIdentityChangedEmail, { userId, issuer, change });
  }
}
