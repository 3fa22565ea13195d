import { Injectable } from '@nestjs/common';
import { Audit, type AuditEvent } from '#platform/kernel/audit.js';
import { Events } from '#platform/kernel/jobs/events.js';
import type { User } from '../../domain/user.js';
import { userRegistered } from '../account.events.js';
import { AccountsRepository } from '../accounts.repository.js';

/** The one way to a new user, on record and told to whom it concerns. */
@Injectable()
export class AddUser {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Joins the caller's transaction. @param by the user themselves, if it is not the caller of the request @throws EmailTaken */
  async execute(user: User, by: Pick<AuditEvent, 'actorId'> = {}): Promise<void> {
    await this.accounts.add(user);
    await this.audit.record({ type: 'user.created', ...by, subjectId: user.id });
    await this.events.publish(userRegistered, { userId: user.id });
  }
}
