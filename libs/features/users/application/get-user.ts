import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import type { User } from '../domain/user.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class GetUser {
  constructor(private readonly users: UsersRepository) {}

  async execute(id: string): Promise<User> {
    const user = await this.users.find(id);
    if (!user) throw new UserNotFound();
    return user;
  }
}
