import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { AssignRoles } from './application/assign-roles.js';
import { ChangeRole } from './application/change-role.js';
import { CreateRole } from './application/create-role.js';
import { DeleteRole } from './application/delete-role.js';
import { GrantAdminRole } from './application/grant-admin-role.js';
import { RoleHoldersRepository } from './application/role-holders.repository.js';
import { RolesRepository } from './application/roles.repository.js';
import { UserAccess } from './application/user-access.js';
import { MyPermissionsController } from './http/my-permissions.controller.js';
import { PermissionsController } from './http/permissions.controller.js';
import { RolesController } from './http/roles.controller.js';
import { UserRolesController } from './http/user-roles.controller.js';
import { PrismaRoleHoldersRepository } from './infrastructure/prisma-role-holders.repository.js';
import { PrismaRolesRepository } from './infrastructure/prisma-roles.repository.js';

const useCases = [CreateRole, ChangeRole, DeleteRole, AssignRoles, UserAccess];
const holders = { provide: RoleHoldersRepository, useClass: PrismaRoleHoldersRepository };
const adapters = [{ provide: RolesRepository, useClass: PrismaRolesRepository }, holders];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Roles', description: 'Who may do what.' })
@Module({
  controllers: [MyPermissionsController, PermissionsController, RolesController, UserRolesController],
  providers: [...useCases, ...adapters],
  exports: [UserAccess],
})
export class RolesApiModule {}

/** Mounted by apps/admin, through the features that have commands. */
@Module({ providers: [GrantAdminRole, holders], exports: [GrantAdminRole] })
export class RolesCommandModule {}
