import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { User } from '../domain/user.js';
import { readUsers } from './user.permissions.js';
import { type UserFilter, UsersRepository } from './users.repository.js';

@Injectable()
export class ListUsers {
  constructor(private readonly users: UsersRepository) {}

  async execute(principal: Principal, filter: UserFilter, page: PageRequest<string>): Promise<Page<User>> {
    requirePermission(principal, readUsers);

    return this.users.list(filter, page);
  }
}
