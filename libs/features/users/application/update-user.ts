import { Injectable } from '@nestjs/common';
import { UserAccess } from '#features/roles/index.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Audit } from '#platform/kernel/audit.js';
import { type User, type UserChange, whatChanged } from '../domain/user.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UpdateUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly access: UserAccess,
    private readonly sessions: UserSessions,
    private readonly audit: Audit,
  ) {}

  /** A disabled user is signed out everywhere. */
  async execute(principal: Principal, id: string, change: UserChange): Promise<User> {
    return this.access.change(principal, id, async () => {
      const { before, after } = await this.users.update(id, change);
      const type = whatChanged(before, after);
      if (type === 'user.disabled') await this.sessions.endAll(id);
      if (type) await this.audit.record({ type, subjectId: id });
      return after;
    });
  }
}
