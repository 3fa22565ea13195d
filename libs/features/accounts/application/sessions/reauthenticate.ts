import { Injectable } from '@nestjs/common';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { CheckCurrentPassword } from '../passwords/check-current-password.js';

/** For somebody who signed in a while ago and wants what asks for a recent sign-in. */
@Injectable()
export class Reauthenticate {
  constructor(
    private readonly sessions: UserSessions,
    private readonly checkCurrentPassword: CheckCurrentPassword,
  ) {}

  /** @throws PermissionDenied for an API key, CurrentPasswordWrong, PasswordNotSet, UserNotFound, PasswordChecksBusy */
  async execute({ id, sessionId }: Principal, password: string): Promise<void> {
    if (sessionId === null) throw new PermissionDenied('Only a session can be confirmed.');
    await this.checkCurrentPassword.execute(id, password);
    await this.sessions.confirm(id, sessionId);
  }
}
