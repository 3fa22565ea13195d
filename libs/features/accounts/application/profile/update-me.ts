import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Clock } from '#platform/kernel/clock.js';
import { changeProfile, type Profile, type User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';

@Injectable()
export class UpdateMe {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly clock: Clock,
  ) {}

  execute(principal: Principal, change: Partial<Profile>): Promise<User> {
    return this.accounts.update(principal.id, (user) => changeProfile(user, change, this.clock.now()));
  }
}
