import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RecentSignIn, RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ChangeRole } from '../application/change-role.js';
import { CreateRole } from '../application/create-role.js';
import { DeleteRole } from '../application/delete-role.js';
import { readRoles, writeRoles } from '../application/role.permissions.js';
import { RolesRepository } from '../application/roles.repository.js';
import { PermissionUnknown, RoleBuiltIn, RoleInUse, RoleNameTaken, RoleNotFound } from '../domain/role.errors.js';
import type { Role } from '../domain/role.js';
import {
  type ChangeRoleBody,
  type CreateRoleBody,
  changeRoleBody,
  createRoleBody,
  type RoleParams,
  roleParams,
  roleResponse,
} from './role.schemas.js';

const location = ({ name }: Role): string => `/v1/roles/${name}`;

@Controller({ path: 'roles', version: '1' })
export class RolesController {
  constructor(
    private readonly roles: RolesRepository,
    private readonly createRole: CreateRole,
    private readonly changeRole: ChangeRole,
    private readonly deleteRole: DeleteRole,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List roles' })
  @RequirePermission(readRoles)
  @Returns(200, z.array(roleResponse))
  list() {
    return this.roles.list();
  }

  @Post()
  @ApiOperation({ summary: 'Create a role' })
  @RequirePermission(writeRoles)
  @RecentSignIn()
  @Returns(201, roleResponse, { location })
  @Throws(RoleNameTaken, PermissionUnknown)
  create(@Body({ schema: createRoleBody }) body: CreateRoleBody, @CurrentPrincipal() principal: Principal) {
    return this.createRole.execute(principal, body);
  }

  @Put(':name')
  @ApiOperation({
    summary: "Replace a role's permissions",
    description: 'Effective in every process within a second. Built-in roles do not change.',
  })
  @RequirePermission(writeRoles)
  @RecentSignIn()
  @Returns(200, roleResponse)
  @Throws(RoleNotFound, RoleBuiltIn, PermissionUnknown)
  change(
    @Param({ schema: roleParams }) { name }: RoleParams,
    @Body({ schema: changeRoleBody }) { permissions }: ChangeRoleBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.changeRole.execute(principal, name, permissions);
  }

  @Delete(':name')
  @ApiOperation({ summary: 'Delete a role', description: 'Built-in roles stay, and those that somebody has.' })
  @RequirePermission(writeRoles)
  @Returns(204)
  @Throws(RoleNotFound, RoleBuiltIn, RoleInUse)
  delete(@Param({ schema: roleParams }) { name }: RoleParams, @CurrentPrincipal() principal: Principal) {
    return this.deleteRole.execute(principal, name);
  }
}
