import { Injectable } from '@nestjs/common';
import { UserAccess } from '#features/roles/index.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Audit } from '#platform/kernel/audit.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { userDeleted } from './user.events.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class DeleteUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly access: UserAccess,
    private readonly sessions: UserSessions,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, id: string): Promise<void> {
    await this.access.change(principal, id, async () => {
      await this.users.remove(id);
      await this.sessions.endAll(id);
      await this.audit.record({ type: 'user.deleted', subjectId: id });
      await this.events.publish(userDeleted, { userId: id });
    });
  }
}
