import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { LastAdministrator } from '#features/roles/index.js';
import { UserNotFound } from '#features/users/index.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/principal.js';
import { deleteUsers, readUsers, updateUsers } from '../application/account.permissions.js';
import { DeleteAccount } from '../application/delete-account.js';
import { GetAccount } from '../application/get-account.js';
import { ListAccounts } from '../application/list-accounts.js';
import { UpdateAccount } from '../application/update-account.js';
import {
  type AccountParams,
  accountParams,
  accountResponse,
  type ListAccountsQuery,
  listAccountsQuery,
  type UpdateAccountBody,
  updateAccountBody,
} from './account.schemas.js';

@Controller({ path: 'users', version: '1' })
export class AccountsController {
  constructor(
    private readonly listAccounts: ListAccounts,
    private readonly getAccount: GetAccount,
    private readonly updateAccount: UpdateAccount,
    private readonly deleteAccount: DeleteAccount,
  ) {}

  @Get()
  @RequirePermission(readUsers)
  @Returns(200, accountResponse, { page: true })
  list(
    @Query({ schema: listAccountsQuery }) { limit, cursor, ...filter }: ListAccountsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.listAccounts.execute(principal, filter, { limit, after: cursor ?? null });
  }

  @Get(':id')
  @RequirePermission(readUsers)
  @Returns(200, accountResponse)
  @Throws(UserNotFound)
  get(@Param({ schema: accountParams }) { id }: AccountParams, @CurrentPrincipal() principal: Principal) {
    return this.getAccount.execute(principal, id);
  }

  @Patch(':id')
  @RequirePermission(updateUsers)
  @Returns(200, accountResponse)
  @Throws(UserNotFound, LastAdministrator)
  update(
    @Param({ schema: accountParams }) { id }: AccountParams,
    @Body({ schema: updateAccountBody }) change: UpdateAccountBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.updateAccount.execute(principal, id, change);
  }

  @Delete(':id')
  @RequirePermission(deleteUsers)
  @Returns(204)
  @Throws(UserNotFound, LastAdministrator)
  delete(@Param({ schema: accountParams }) { id }: AccountParams, @CurrentPrincipal() principal: Principal) {
    return this.deleteAccount.execute(principal, id);
  }
}
