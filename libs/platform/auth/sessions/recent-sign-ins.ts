import { Injectable } from '@nestjs/common';
import { PermissionDenied, type Principal } from '../../kernel/access/principal.js';
import { Clock } from '../../kernel/clock.js';
import { ReauthenticationRequired } from '../auth.errors.js';
import { SessionStore } from './session-store.js';

const RECENT_MS = 5 * 60_000;

/** Whether somebody has shown just now that it is still them, as OpenID Connect means it with `max_age`. */
@Injectable()
export class RecentSignIns {
  constructor(
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** @throws ReauthenticationRequired; PermissionDenied for an API key, as what it made would go on when it is revoked */
  async require({ sessionId }: Principal): Promise<void> {
    if (sessionId === null) throw new PermissionDenied('This is for people who have just signed in, not for API keys.');

    const session = await this.sessions.find(sessionId);
    const lastProof = session?.reauthenticatedAt ?? session?.createdAt;
    const isRecent = lastProof !== undefined && lastProof.getTime() > this.clock.now().getTime() - RECENT_MS;
    if (!isRecent) throw new ReauthenticationRequired();
  }
}
