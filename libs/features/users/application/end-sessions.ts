import { Injectable } from '@nestjs/common';
import { UserAccess } from '#features/roles/index.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Audit } from '#platform/kernel/audit.js';

@Injectable()
export class EndSessions {
  constructor(
    private readonly access: UserAccess,
    private readonly sessions: UserSessions,
    private readonly audit: Audit,
  ) {}

  /** Signs somebody out everywhere. They may sign in again. */
  async execute(principal: Principal, id: string): Promise<void> {
    await this.access.change(principal, id, async () => {
      await this.sessions.endAll(id);
      await this.audit.record({ type: 'user.signed-out', subjectId: id });
    });
  }
}
