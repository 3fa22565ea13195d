import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/users/index.js';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';
import type { Account } from '../domain/account.js';
import { readUsers } from './account.permissions.js';
import { AccountsRepository } from './accounts.repository.js';

@Injectable()
export class GetAccount {
  constructor(private readonly accounts: AccountsRepository) {}

  async execute(principal: Principal, id: string): Promise<Account> {
    requirePermission(principal, readUsers);

    const account = await this.accounts.find(id);
    if (!account) throw new UserNotFound();
    return account;
  }
}
