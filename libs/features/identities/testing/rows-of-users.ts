import type { DiscoveryService } from '@nestjs/core';
import { ForgottenWithUser, RowsOfUsers } from '#platform/access/rows-of-users.js';
import type { Database } from '#platform/database/database.js';
import { IdentitiesApiModule } from '../identities.module.js';

/** Those that this feature says go with their user. */
export function rowsOfUsers(database: Database): RowsOfUsers {
  const providers = Reflect.getMetadata('providers', IdentitiesApiModule) as { useValue?: unknown }[];
  const instances = providers.map(({ useValue }) => ({ instance: useValue }));
  const own = instances.filter(({ instance }) => instance instanceof ForgottenWithUser);
  return new RowsOfUsers(database, { getProviders: () => own } as unknown as DiscoveryService);
}
