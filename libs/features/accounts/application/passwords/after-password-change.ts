import { Injectable } from '@nestjs/common';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Audit } from '#platform/kernel/audit.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { sendPasswordChangedEmail } from '../account.jobs.js';

export type PasswordChange = Readonly<{ keepSessionId: string | null; event: 'password.changed' | 'password.reset' }>;

/** What every change of a password brings with it. Joins the transaction that writes it. */
@Injectable()
export class AfterPasswordChange {
  constructor(
    private readonly sessions: UserSessions,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  async execute(userId: string, { keepSessionId, event }: PasswordChange): Promise<void> {
    await this.sessions.endAll(userId, keepSessionId);
    await this.jobs.enqueue(sendPasswordChangedEmail, { userId });
    await this.audit.record({ type: event, actorId: userId, subjectId: userId });
  }
}
