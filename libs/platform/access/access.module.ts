import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessChanges } from '../kernel/access/access-changes.js';
import { AccessChangeBroadcast } from './access-change-broadcast.js';
import { AccessInvalidation } from './access-invalidation.js';
import { AccessRevisionReader } from './access-revision-reader.js';
import { Roles } from './roles.js';
import { RowsOfUsers } from './rows-of-users.js';
import { SqlAccessChanges } from './sql-access-changes.js';

const changes = [
  AccessInvalidation,
  AccessChangeBroadcast,
  AccessRevisionReader,
  { provide: AccessChanges, useClass: SqlAccessChanges },
];

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Roles, RowsOfUsers, ...changes],
  exports: [Roles, RowsOfUsers, AccessInvalidation, AccessChanges],
})
export class AccessModule {}
