import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ListPermissions } from '../application/list-permissions.js';
import { readRoles } from '../application/role.permissions.js';
import { permissionResponse } from './role.schemas.js';

@Controller({ path: 'permissions', version: '1' })
export class PermissionsController {
  constructor(private readonly listPermissions: ListPermissions) {}

  @Get()
  @RequirePermission(readRoles)
  @Returns(200, z.array(permissionResponse))
  list(@CurrentPrincipal() principal: Principal) {
    return this.listPermissions.execute(principal);
  }
}
