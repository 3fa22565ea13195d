import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import { type OpenSession, UserSessions } from '#platform/kernel/access/user-sessions.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class ListSessions {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: UserSessions,
  ) {}

  async execute(id: string): Promise<OpenSession[]> {
    if (!(await this.users.find(id))) throw new UserNotFound();
    return this.sessions.list(id);
  }
}
