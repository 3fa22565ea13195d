import { Global, Module } from '@nestjs/common';
import { AccessChanges } from '../kernel/access-changes.js';
import { AccessChangeBroadcast } from './access-change-broadcast.js';
import { AccessInvalidation } from './access-invalidation.js';
import { AccessRevisionReader } from './access-revision-reader.js';
import { ApiKeyStore } from './api-keys/api-key-store.js';
import { ApiKeyUsage } from './api-keys/api-key-usage.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { MyPermissionsController } from './my-permissions.controller.js';
import { Roles } from './roles.js';
import { SqlAccessChanges } from './sql-access-changes.js';

const changes = [
  AccessInvalidation,
  AccessChangeBroadcast,
  AccessRevisionReader,
  { provide: AccessChanges, useClass: SqlAccessChanges },
];
const apiKeys = [ApiKeys, ApiKeyStore, ApiKeyUsage];

@Global()
@Module({
  controllers: [MyPermissionsController],
  providers: [Roles, ...changes, ...apiKeys],
  exports: [Roles, ApiKeys, AccessChanges],
})
export class AccessModule {}
