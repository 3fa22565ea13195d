import { Module } from '@nestjs/common';
import { RolesApiModule, RolesCommandModule } from '#features/roles/roles.module.js';
import { UsersCommandModule } from '#features/users/users.module.js';
import { Command } from '#platform/kernel/command.js';
import { AccountsRepository } from './application/accounts.repository.js';
import { CreateAdministrator } from './application/create-administrator.js';
import { DeleteAccount } from './application/delete-account.js';
import { EndSessions } from './application/end-sessions.js';
import { GetAccount } from './application/get-account.js';
import { ListAccounts } from './application/list-accounts.js';
import { ListSessions } from './application/list-sessions.js';
import { UpdateAccount } from './application/update-account.js';
import { CreateAdministratorCommand } from './commands/create-administrator.command.js';
import { AccountSessionsController } from './http/account-sessions.controller.js';
import { AccountsController } from './http/accounts.controller.js';
import { SqlAccountsRepository } from './infrastructure/sql-accounts.repository.js';

const useCases = [ListAccounts, GetAccount, UpdateAccount, DeleteAccount, ListSessions, EndSessions];
const adapters = [{ provide: AccountsRepository, useClass: SqlAccountsRepository }];

/** Mounted by apps/api. */
@Module({
  imports: [RolesApiModule],
  controllers: [AccountsController, AccountSessionsController],
  providers: [...useCases, ...adapters],
})
export class AccountsApiModule {}

/** Mounted by apps/admin. */
@Module({
  imports: [UsersCommandModule, RolesCommandModule],
  providers: [CreateAdministrator, { provide: Command, useClass: CreateAdministratorCommand }],
})
export class AccountsCommandModule {}
