import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import type { User } from '../domain/user.js';
import { readUsers } from './user.permissions.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class GetUser {
  constructor(private readonly users: UsersRepository) {}

  async execute(principal: Principal, id: string): Promise<User> {
    requirePermission(principal, readUsers);

    const user = await this.users.find(id);
    if (!user) throw new UserNotFound();
    return user;
  }
}
