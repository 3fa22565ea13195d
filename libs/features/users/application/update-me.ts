import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { Principal } from '#platform/kernel/principal.js';
import { changeProfile, type Profile, type User } from '../domain/user.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UpdateMe {
  constructor(
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  execute(principal: Principal, change: Partial<Profile>): Promise<User> {
    return this.users.update(principal.id, (user) => changeProfile(user, change, this.clock.now()));
  }
}
