import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { UserNotFound } from '#features/accounts/index.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RecentSignIn, RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { AssignRoles } from '../application/assign-roles.js';
import { assignRoles } from '../application/role.permissions.js';
import { LastAdministrator, RoleUnknown } from '../domain/role.errors.js';
import {
  type AssignRolesBody,
  assignRolesBody,
  type UserParams,
  userParams,
  userRolesResponse,
} from './role.schemas.js';

@Controller({ path: 'users/:id/roles', version: '1' })
export class UserRolesController {
  constructor(private readonly assignRoles: AssignRoles) {}

  @Put()
  @ApiOperation({
    summary: "Replace a user's roles",
    description: 'Effective in every process within a second. The last administrator stays one.',
  })
  @RequirePermission(assignRoles)
  @RecentSignIn()
  @Returns(200, userRolesResponse)
  @Throws(UserNotFound, RoleUnknown, LastAdministrator)
  async assign(
    @Param({ schema: userParams }) { id }: UserParams,
    @Body({ schema: assignRolesBody }) { roles }: AssignRolesBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return { roles: await this.assignRoles.execute(principal, id, roles) };
  }
}
