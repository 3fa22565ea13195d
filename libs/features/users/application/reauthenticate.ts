import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { Principal } from '#platform/kernel/principal.js';
import { UserSessions } from '#platform/kernel/user-sessions.js';
import { ReauthenticationRequired } from '../domain/user.errors.js';
import { CheckCurrentPassword } from './check-current-password.js';

const RECENT_MS = 5 * 60 * 1_000;

/** Before a change that would outlast a stolen access token: a sign-in of a few minutes ago counts, and so does the password. */
@Injectable()
export class Reauthenticate {
  constructor(
    private readonly sessions: UserSessions,
    private readonly checkCurrentPassword: CheckCurrentPassword,
    private readonly clock: Clock,
  ) {}

  /** @throws ReauthenticationRequired; what CheckCurrentPassword throws when there is one to check */
  async execute({ id, sessionId }: Principal, currentPassword: string | undefined): Promise<void> {
    if (currentPassword !== undefined) return void (await this.checkCurrentPassword.execute(id, currentPassword));

    const session = sessionId === null ? null : await this.sessions.findOwn(id, sessionId);
    const isRecent = session !== null && session.createdAt.getTime() > this.clock.now().getTime() - RECENT_MS;
    if (!isRecent) throw new ReauthenticationRequired();
  }
}
