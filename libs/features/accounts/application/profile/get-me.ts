import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserNotFound } from '../../domain/user.errors.js';
import type { User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';

@Injectable()
export class GetMe {
  constructor(private readonly accounts: AccountsRepository) {}

  /** @throws UserNotFound when the account was deleted a moment ago */
  async execute(principal: Principal): Promise<User> {
    const user = await this.accounts.findById(principal.id);
    if (user === null) throw new UserNotFound();
    return user;
  }
}
