import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { definedPermissions, type Permission } from '#platform/kernel/access/permissions.js';
import { readRoles } from '../application/role.permissions.js';
import { permissionResponse } from './role.schemas.js';

@Controller({ path: 'permissions', version: '1' })
export class PermissionsController {
  /** By name. */
  @Get()
  @ApiOperation({ summary: 'List all permissions' })
  @RequirePermission(readRoles)
  @Returns(200, z.array(permissionResponse))
  list(): Permission[] {
    return [...definedPermissions().values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
