import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/principal.js';
import { type OwnSession, OwnSessions } from './own-sessions.js';

export type ListedSession = OwnSession & Readonly<{ isCurrent: boolean }>;

@Injectable()
export class ListMySessions {
  constructor(private readonly sessions: OwnSessions) {}

  async execute({ id, sessionId }: Principal): Promise<ListedSession[]> {
    const open = await this.sessions.list(id);
    return open.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
  }
}
