import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { httpApp } from '#platform/testing/http-app.js';
import { RoleHoldersRepository } from '../application/role-holders.repository.js';
import { RolesRepository } from '../application/roles.repository.js';
import { RolesApiModule } from '../roles.module.js';
import { rolesSetup } from './roles-setup.js';

/** The feature behind the real pipeline, called by an administrator unless told otherwise. */
export async function rolesApp(caller?: Principal) {
  const { roles, changes, admin, userId } = rolesSetup();
  const app = await httpApp(
    {
      imports: [RolesApiModule],
      providers: [
        { provide: RolesRepository, useValue: roles },
        { provide: RoleHoldersRepository, useValue: roles },
        { provide: AccessChanges, useValue: changes },
      ],
    },
    caller ?? admin,
  );
  return { app, roles, userId };
}
