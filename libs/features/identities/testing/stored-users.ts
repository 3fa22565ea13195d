import type { DiscoveryService } from '@nestjs/core';
import { ForgottenWithUser, RowsOfUsers } from '#platform/access/rows-of-users.js';
import type { Database } from '#platform/database/database.js';
import type { Clock } from '#platform/kernel/clock.js';
import { SqlUsersRepository } from '../../users/infrastructure/sql-users.repository.js';
import { IdentitiesApiModule } from '../identities.module.js';

/** Users as they are stored; removing one takes along what this feature says goes with its user. */
export function storedUsers(database: Database, clock: Clock): SqlUsersRepository {
  const providers = Reflect.getMetadata('providers', IdentitiesApiModule) as { useValue?: unknown }[];
  const instances = providers.map(({ useValue }) => ({ instance: useValue }));
  const own = instances.filter(({ instance }) => instance instanceof ForgottenWithUser);
  const rows = new RowsOfUsers(database, { getProviders: () => own } as unknown as DiscoveryService);
  return new SqlUsersRepository(database, clock, rows);
}
