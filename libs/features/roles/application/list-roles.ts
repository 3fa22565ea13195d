import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import type { Role } from '../domain/role.js';
import { readRoles } from './role.permissions.js';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class ListRoles {
  constructor(private readonly roles: RolesRepository) {}

  async execute(principal: Principal): Promise<Role[]> {
    requirePermission(principal, readRoles);

    return this.roles.list();
  }
}
