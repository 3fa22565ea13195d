import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { httpApp } from '#platform/testing/http-app.js';
import { RoleHoldersRepository } from '../../roles/application/role-holders.repository.js';
import { RolesRepository } from '../../roles/application/roles.repository.js';
import { UsersRepository } from '../application/users.repository.js';
import { UsersApiModule } from '../users.module.js';
import { usersSetup } from './users-setup.js';

/** The feature behind the real pipeline, called by somebody who may do everything unless told otherwise. */
export async function usersApp(caller?: Principal) {
  const { user, users, roles, changes, sessions } = await usersSetup();
  const app = await httpApp(
    {
      imports: [UsersApiModule],
      providers: [
        { provide: UsersRepository, useValue: users },
        { provide: RolesRepository, useValue: roles },
        { provide: RoleHoldersRepository, useValue: roles },
        { provide: AccessChanges, useValue: changes },
        { provide: UserSessions, useValue: sessions },
        { provide: Events, useClass: RecordedEvents },
      ],
    },
    caller,
  );
  return { app, user, users, roles, sessions };
}
