import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { UserNotFound } from '#features/accounts/index.js';
import { LastAdministrator } from '#features/roles/index.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { DeleteUser } from '../application/delete-user.js';
import { GetUser } from '../application/get-user.js';
import { UpdateUser } from '../application/update-user.js';
import { deleteUsers, readUsers, updateUsers } from '../application/user.permissions.js';
import { UsersRepository } from '../application/users.repository.js';
import {
  type ListUsersQuery,
  listUsersQuery,
  type UpdateUserBody,
  type UserParams,
  updateUserBody,
  userParams,
  userResponse,
} from './user.schemas.js';

@Controller({ path: 'users', version: '1' })
export class UsersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly getUser: GetUser,
    private readonly updateUser: UpdateUser,
    private readonly deleteUser: DeleteUser,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List users' })
  @RequirePermission(readUsers)
  @Returns(200, userResponse, { page: true })
  list(@Query({ schema: listUsersQuery }) { limit, cursor, ...filter }: ListUsersQuery) {
    return this.users.list(filter, { limit, after: cursor ?? null });
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a user' })
  @RequirePermission(readUsers)
  @Returns(200, userResponse)
  @Throws(UserNotFound)
  get(@Param({ schema: userParams }) { id }: UserParams) {
    return this.getUser.execute(id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Rename, disable or enable a user',
    description: 'A disabled user is signed out everywhere. The last administrator stays one.',
  })
  @RequirePermission(updateUsers)
  @Returns(200, userResponse)
  @Throws(UserNotFound, LastAdministrator)
  update(
    @Param({ schema: userParams }) { id }: UserParams,
    @Body({ schema: updateUserBody }) change: UpdateUserBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.updateUser.execute(principal, id, change);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a user', description: 'Forgets who it was. The last administrator stays.' })
  @RequirePermission(deleteUsers)
  @Returns(204)
  @Throws(UserNotFound, LastAdministrator)
  delete(@Param({ schema: userParams }) { id }: UserParams, @CurrentPrincipal() principal: Principal) {
    return this.deleteUser.execute(principal, id);
  }
}
