import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { type OpenSession, UserSessions } from '#platform/kernel/access/user-sessions.js';

export type ListedSession = OpenSession & Readonly<{ isCurrent: boolean }>;

@Injectable()
export class ListMySessions {
  constructor(private readonly sessions: UserSessions) {}

  async execute({ id, sessionId }: Principal): Promise<ListedSession[]> {
    const open = await this.sessions.list(id);
    return open.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
  }
}
