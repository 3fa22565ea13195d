import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccountsApiModule } from '#features/accounts/accounts.module.js';
import { ApiKeysApiModule } from '#features/api-keys/api-keys.module.js';
import { FlagsApiModule } from '#features/flags/flags.module.js';
import { IdentitiesApiModule } from '#features/identities/identities.module.js';
import { OperationsApiModule } from '#features/operations/operations.module.js';
import { OrdersApiModule } from '#features/orders/orders.module.js';
import { QueueDashboardApiModule } from '#features/queue-dashboard/queue-dashboard.module.js';
import { QueuesApiModule } from '#features/queues/queues.module.js';
import { RolesApiModule } from '#features/roles/roles.module.js';
import { SchedulesApiModule } from '#features/schedules/schedules.module.js';
import { UploadsApiModule } from '#features/uploads/uploads.module.js';
import { UsersApiModule } from '#features/users/users.module.js';
import { WebhooksApiModule } from '#features/webhooks/webhooks.module.js';
import { AccessModule } from '#platform/access/access.module.js';
import { AuditModule } from '#platform/audit/audit.module.js';
import { AuthModule } from '#platform/auth/auth.module.js';
import { CacheModule } from '#platform/cache/cache.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import type { Env } from '#platform/config/env.js';
import { servesQueueDashboard } from '#platform/config/served-pages.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { FlagsModule } from '#platform/flags/flags.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { JobsModule } from '#platform/jobs/jobs.module.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { OperationsModule } from '#platform/operations/operations.module.js';
import { HttpModule } from '#platform/pipeline/http.module.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { DownloadsModule } from '#platform/storage/downloads.module.js';
import { StorageModule } from '#platform/storage/storage.module.js';

const resources = [
  ClockModule,
  LoggingModule,
  DatabaseModule,
  RedisModule,
  CacheModule,
  StorageModule,
  FlagsModule,
  JobsModule,
  OperationsModule,
];

const platform = [...resources, AccessModule, AuditModule, AuthModule, HttpModule, HealthModule, DownloadsModule];

const administration = [
  UsersApiModule,
  RolesApiModule,
  ApiKeysApiModule,
  QueuesApiModule,
  SchedulesApiModule,
  FlagsApiModule,
];

const features = [
  AccountsApiModule,
  IdentitiesApiModule,
  OperationsApiModule,
  OrdersApiModule,
  WebhooksApiModule,
  UploadsApiModule,
  ...administration,
];

@Module({})
export class ApiModule {
  /** `more`: what tests mount beside the features that ship. */
  static forRoot(env: Env, more: readonly Type[] = []): DynamicModule {
    const pages = servesQueueDashboard(env) ? [QueueDashboardApiModule] : [];
    return { module: ApiModule, imports: [ConfigModule.forRoot(env), ...platform, ...features, ...pages, ...more] };
  }
}
