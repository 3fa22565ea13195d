import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import { Audit } from '#platform/kernel/audit.js';
import { RoleHoldersRepository } from './role-holders.repository.js';

/** For operators: no user of the system has the authority to make its first administrator. Never behind a route. */
@Injectable()
export class GrantAdminRole {
  constructor(
    private readonly changes: AccessChanges,
    private readonly holders: RoleHoldersRepository,
    private readonly audit: Audit,
  ) {}

  /** False when they are one already. Joins the caller's transaction. @throws UserNotFound */
  execute(userId: string): Promise<boolean> {
    return this.changes.during(`user:${userId}`, async () => {
      const before = await this.namesOf(userId);
      await this.holders.grantAdmin(userId);
      const after = await this.namesOf(userId);
      if (after.length === before.length) return false;

      await this.audit.record({ type: 'user.roles-changed', subjectId: userId, details: { before, after } });
      return true;
    });
  }

  private async namesOf(userId: string): Promise<string[]> {
    return (await this.holders.rolesOf(userId)).map(({ name }) => name);
  }
}
