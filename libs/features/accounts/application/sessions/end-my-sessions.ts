import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { SessionNotFound } from '../../domain/user.errors.js';

@Injectable()
export class EndMySessions {
  constructor(private readonly sessions: UserSessions) {}

  /** The one that is named, or all but the one that asks. @throws SessionNotFound, also when it is somebody else's */
  async execute({ id, sessionId: current }: Principal, sessionId?: string): Promise<void> {
    if (sessionId === undefined) return this.sessions.endAll(id, current);
    if (!(await this.sessions.endOwn(id, sessionId))) throw new SessionNotFound();
  }
}
