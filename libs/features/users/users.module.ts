import { Module } from '@nestjs/common';
import { AccountsCommandModule } from '#features/accounts/accounts.module.js';
import { RolesApiModule, RolesCommandModule } from '#features/roles/roles.module.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { Command } from '#platform/kernel/command.js';
import { CreateAdministrator } from './application/create-administrator.js';
import { DeleteUser } from './application/delete-user.js';
import { EndSessions } from './application/end-sessions.js';
import { GetUser } from './application/get-user.js';
import { ListSessions } from './application/list-sessions.js';
import { UpdateUser } from './application/update-user.js';
import { UsersRepository } from './application/users.repository.js';
import { CreateAdministratorCommand } from './commands/create-administrator.command.js';
import { UserSessionsController } from './http/user-sessions.controller.js';
import { UsersController } from './http/users.controller.js';
import { SqlUsersRepository } from './infrastructure/sql-users.repository.js';

const useCases = [GetUser, UpdateUser, DeleteUser, ListSessions, EndSessions];
const adapters = [{ provide: UsersRepository, useClass: SqlUsersRepository }];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Users', description: 'The accounts of others, for administrators.' })
@Module({
  imports: [RolesApiModule],
  controllers: [UsersController, UserSessionsController],
  providers: [...useCases, ...adapters],
})
export class UsersApiModule {}

/** Mounted by apps/admin. */
@Module({
  imports: [AccountsCommandModule, RolesCommandModule],
  providers: [CreateAdministrator, { provide: Command, useClass: CreateAdministratorCommand }],
})
export class UsersCommandModule {}
