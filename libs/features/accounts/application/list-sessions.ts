import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/users/index.js';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';
import { type OpenSession, UserSessions } from '#platform/kernel/user-sessions.js';
import { readSessions } from './account.permissions.js';
import { AccountsRepository } from './accounts.repository.js';

@Injectable()
export class ListSessions {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: UserSessions,
  ) {}

  async execute(principal: Principal, id: string): Promise<OpenSession[]> {
    requirePermission(principal, readSessions);

    if (!(await this.accounts.find(id))) throw new UserNotFound();
    return this.sessions.list(id);
  }
}
