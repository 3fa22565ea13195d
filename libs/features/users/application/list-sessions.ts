import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { type OpenSession, UserSessions } from '#platform/kernel/access/user-sessions.js';
import { readSessions } from './user.permissions.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class ListSessions {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: UserSessions,
  ) {}

  async execute(principal: Principal, id: string): Promise<OpenSession[]> {
    requirePermission(principal, readSessions);

    if (!(await this.users.find(id))) throw new UserNotFound();
    return this.sessions.list(id);
  }
}
