import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#platform/kernel/page.js';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';
import type { Account } from '../domain/account.js';
import { readUsers } from './account.permissions.js';
import { type AccountFilter, AccountsRepository } from './accounts.repository.js';

@Injectable()
export class ListAccounts {
  constructor(private readonly accounts: AccountsRepository) {}

  async execute(principal: Principal, filter: AccountFilter, page: PageRequest<string>): Promise<Page<Account>> {
    requirePermission(principal, readUsers);

    return this.accounts.list(filter, page);
  }
}
